package dev.gatehouse.bench.load;

import java.util.concurrent.locks.LockSupport;

/** A monotonic clock in nanoseconds that one can sleep by. */
interface Ticker {

    Ticker SYSTEM = new Ticker() {
        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public void sleepUntil(long instant) throws InterruptedException {
            for (long left = instant - now(); left > 0; left = instant - now()) {
                LockSupport.parkNanos(left);
                if (Thread.interrupted()) {
                    throw new InterruptedException("interrupted while waiting for the next request's time");
                }
            }
        }
    };

    long now();

    void sleepUntil(long instant) throws InterruptedException;
}
