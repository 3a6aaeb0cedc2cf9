package dev.gatehouse.worker.engine;

import java.util.function.LongSupplier;

/** Events per second over the last five seconds. Written by one thread, read by any. */
final class Rate {

    private static final int SECONDS = 5;
    private static final long SECOND = 1_000_000_000;

    private final LongSupplier nanos;
    private final long start;
    private final int[] buckets = new int[SECONDS + 1];
    private long newest;

    Rate(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    synchronized void add(int events) {
        advance();
        buckets[(int) (newest % buckets.length)] += events;
    }

    /** Over the last five whole seconds and the running one. */
    synchronized double perSecond() {
        advance();
        long events = 0;
        for (int bucket : buckets) {
            events += bucket;
        }
        double past = (double) (nanos.getAsLong() - start) / SECOND;
        double running = past - newest;
        return events / Math.max(1, Math.min(past, SECONDS + running));
    }

    private void advance() {
        long now = (nanos.getAsLong() - start) / SECOND;
        long steps = Math.min(now - newest, buckets.length);
        for (long i = 1; i <= steps; i++) {
            buckets[(int) ((newest + i) % buckets.length)] = 0;
        }
        newest = now;
    }
}
