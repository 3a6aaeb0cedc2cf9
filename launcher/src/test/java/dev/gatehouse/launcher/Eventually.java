package dev.gatehouse.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition of another process, which cannot notify us. */
public final class Eventually {
    private static final Duration POLL = Duration.ofMillis(20);

    private Eventually() {}

    /** Returns once {@code condition} holds; fails with {@code otherwise} when it does not within {@code limit}. */
    public static void holds(Duration limit, BooleanSupplier condition, Supplier<String> otherwise) {
        Instant deadline = Instant.now().plus(limit);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(otherwise.get());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
