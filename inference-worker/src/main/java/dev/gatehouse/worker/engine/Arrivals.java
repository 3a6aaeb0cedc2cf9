package dev.gatehouse.worker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where other threads hand generations to the engine's thread and wake it. Its size is bounded by the engine's room. */
final class Arrivals {

    private final Semaphore signal = new Semaphore(0);
    private final List<LlamaGeneration> arrived = new ArrayList<>();
    private boolean closed;

    void add(LlamaGeneration generation) {
        synchronized (arrived) {
            if (closed) {
                throw new IllegalStateException("the engine is closed");
            }
            arrived.add(generation);
        }
        wake();
    }

    void wake() {
        signal.release();
    }

    /** What has come since the last call. */
    List<LlamaGeneration> take() {
        synchronized (arrived) {
            List<LlamaGeneration> taken = List.copyOf(arrived);
            arrived.clear();
            return taken;
        }
    }

    /** Nothing comes any more; what was not taken. */
    List<LlamaGeneration> close() {
        synchronized (arrived) {
            closed = true;
        }
        return take();
    }

    /** Returns after this time or after a wake, also one that came before the call. */
    void await(long nanos) throws InterruptedException {
        if (signal.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            signal.drainPermits();
        }
    }
}
