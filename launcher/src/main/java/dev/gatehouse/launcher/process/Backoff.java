package dev.gatehouse.launcher.process;

import java.time.Duration;

/**
 * When to start a crashed program again. A program that had been ready is started again at once; one that never gets
 * ready waits twice as long each time, and is given up after {@value #ATTEMPTS} starts in a row.
 */
final class Backoff {
    static final int ATTEMPTS = 5;
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private int failedStarts;

    sealed interface Verdict {}

    record Again(Duration after) implements Verdict {}

    record GiveUp() implements Verdict {}

    Verdict crashed(boolean wasReady) {
        failedStarts = wasReady ? 0 : failedStarts + 1;
        return failedStarts == ATTEMPTS ? new GiveUp() : new Again(delay());
    }

    private Duration delay() {
        Duration doubled = FIRST.multipliedBy(1L << failedStarts);
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
