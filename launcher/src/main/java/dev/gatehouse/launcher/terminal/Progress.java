package dev.gatehouse.launcher.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Counts steps to a number known from the start; the count only grows. Safe for use by several threads. */
public final class Progress {
    private final Narrator narrator;
    private final int steps;
    private final Instant began = Instant.now();
    private int done;

    public Progress(Narrator narrator, int steps) {
        this.narrator = narrator;
        this.steps = steps;
    }

    /** One more step is done. */
    public synchronized void done(String what) {
        done++;
        narrator.say("start [%d/%d] %s (%s s)", done, steps, what, seconds());
    }

    private String seconds() {
        return String.format(
                Locale.ROOT, "%.1f", Duration.between(began, Instant.now()).toMillis() / 1000.0);
    }
}
