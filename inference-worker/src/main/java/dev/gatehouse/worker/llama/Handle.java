package dev.gatehouse.worker.llama;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A native object and who uses it. A use takes a lease, so that nothing is freed under a running call; closing while a lease
 * is out is refused, closing twice does nothing.
 */
final class Handle {

    private static final int CLOSED = -1;
    private static final AtomicInteger OPEN = new AtomicInteger();

    private final String what;
    private final long address;
    private final LongConsumer free;
    private final AtomicInteger leases = new AtomicInteger();

    Handle(String what, long address, LongConsumer free) {
        this.what = what;
        this.address = address;
        this.free = free;
        OPEN.incrementAndGet();
    }

    /** What this answers; if it throws instead, the object is closed. */
    <T> T orClose(Supplier<T> first) {
        try {
            return first.get();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The number of handles that have not been closed. */
    static int open() {
        return OPEN.get();
    }

    /** To be closed in the same method. */
    Lease lease() {
        if (leases.getAndUpdate(n -> n == CLOSED ? CLOSED : n + 1) == CLOSED) {
            throw new LlamaException(LlamaException.Code.STATE, "the " + what + " is closed");
        }
        return new Lease();
    }

    void close() {
        if (leases.compareAndSet(0, CLOSED)) {
            OPEN.decrementAndGet();
            free.accept(address);
        } else if (leases.get() != CLOSED) {
            throw new LlamaException(LlamaException.Code.STATE, "the " + what + " is in use");
        }
    }

    /** The right to use the address until closed. */
    final class Lease implements AutoCloseable {

        long address() {
            return address;
        }

        @Override
        public void close() {
            leases.decrementAndGet();
        }
    }
}
