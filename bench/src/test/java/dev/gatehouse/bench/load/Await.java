package dev.gatehouse.bench.load;

import java.util.function.BooleanSupplier;

/** Waits for a condition, at most ten seconds. */
final class Await {

    private static final long LIMIT_NANOS = 10_000_000_000L;

    private Await() {}

    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within ten seconds");
            }
            Thread.onSpinWait();
        }
    }
}
