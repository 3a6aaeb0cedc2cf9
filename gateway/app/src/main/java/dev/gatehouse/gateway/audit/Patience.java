package dev.gatehouse.gateway.audit;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds waits that hardly ever last that long. A timed wait of a virtual thread wakes the JDK's one timer thread when it begins and again
 * when it ends, which costs more than the wait itself; here one thread looks at all waits a few times a second.
 */
final class Patience implements AutoCloseable {

    /** How late the end of a patience may be noticed. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final Set<Wait<?>> waits = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("audit patience").unstarted(this::watch);

    /** A wait, and what it ends with when it lasts too long. */
    private static final class Wait<T> {

        private final CompletableFuture<T> end;
        private final T late;
        private final long until;

        Wait(CompletableFuture<T> end, T late, Duration most) {
            this.end = end;
            this.late = late;
            this.until = System.nanoTime() + most.toNanos();
        }

        void look(long now) {
            if (now - until >= 0) {
                end.complete(late);
            }
        }
    }

    void start() {
        thread.start();
    }

    /** The value, or {@code late} when that takes longer than {@code most}. */
    <T> CompletableFuture<T> within(Duration most, CompletableFuture<T> value, T late) {
        CompletableFuture<T> end = value.copy();
        if (end.isDone()) {
            return end;
        }
        Wait<T> wait = new Wait<>(end, late, most);
        waits.add(wait);
        return end.whenComplete((had, failure) -> waits.remove(wait));
    }

    /** Looks no more: waits last until their values are there. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(TICK);
                long now = System.nanoTime();
                waits.forEach(wait -> wait.look(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
