package dev.gatehouse.worker.engine;

import java.util.concurrent.TimeUnit;

/** Events per second over the last five whole seconds and the running one; written by one thread, read by any. */
final class EchoRate {

    private static final int SECONDS = 5;

    private final long[] counts = new long[SECONDS + 1];
    private long second;

    synchronized void add(long now) {
        moveTo(now);
        counts[slot(second)]++;
    }

    synchronized double perSecond(long now) {
        moveTo(now);
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        return all / (double) SECONDS;
    }

    private void moveTo(long now) {
        long current = TimeUnit.NANOSECONDS.toSeconds(now);
        for (long passed = Math.max(second + 1, current - SECONDS); passed <= current; passed++) {
            counts[slot(passed)] = 0;
        }
        second = current;
    }

    private int slot(long of) {
        return Math.floorMod(of, counts.length);
    }
}
