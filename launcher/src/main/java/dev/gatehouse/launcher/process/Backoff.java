package dev.gatehouse.launcher.process;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to start a crashed program again: after twice as long each time, from the beginning once it had been ready for
 * {@link #STEADY}. A program that does not get ready is given up after {@value #ATTEMPTS} starts in a row; one that
 * gets ready serves somebody in between, and never is.
 */
final class Backoff {
    static final int ATTEMPTS = 5;

    /** So long must a program have been ready for its earlier crashes to be forgotten. */
    static final Duration STEADY = Duration.ofSeconds(60);

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final LongSupplier nanoTime;
    private long readySince;
    private int failedStarts;
    private Duration next = FIRST;

    /** {@code nanoTime} tells elapsed time as {@link System#nanoTime} does. */
    Backoff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    sealed interface Verdict {}

    record Again(Duration after) implements Verdict {}

    record GiveUp() implements Verdict {}

    /** Told when a start has got the program ready. */
    void ready() {
        readySince = nanoTime.getAsLong();
    }

    /** {@code wasReady}: whether {@link #ready} was called since the last crash. */
    Verdict crashed(boolean wasReady) {
        failedStarts = wasReady ? 0 : failedStarts + 1;
        if (failedStarts == ATTEMPTS) {
            return new GiveUp();
        }
        if (wasReady && nanoTime.getAsLong() - readySince >= STEADY.toNanos()) {
            next = FIRST;
        }
        return new Again(doubled());
    }

    /** The wait that is due; the next one is twice as long. */
    private Duration doubled() {
        Duration due = next;
        Duration twice = due.multipliedBy(2);
        next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        return due;
    }
}
