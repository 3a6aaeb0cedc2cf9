package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.load.ClosedLoop;
import dev.gatehouse.bench.report.Report;
import java.io.PrintStream;
import java.time.Duration;

/** Runs a target until its just-in-time compilers are done with it, or the time is up. */
record WarmUp(int callers, Duration limit, Report report, PrintStream narration) {

    private static final Duration SLICE = Duration.ofSeconds(3);

    /** A target whose compilers take less of its CPU time is warm. */
    private static final double WARM_PERCENT = 5;

    void run(Measurement measurement, Target target, String what) {
        long end = System.nanoTime() + limit.toNanos();
        int done = 0;
        Cost slice;
        do {
            slice = measurement.run(target, ClosedLoop.saturating(callers, SLICE));
            done += slice.tally().answers();
            narration.printf(
                    "warming up %s: %,d %s, %.0f µs each, compilers %.0f %%%n",
                    target.name(), done, what, slice.perAnswerUs(), slice.compilerPercent());
        } while (slice.compilerPercent() > WARM_PERCENT && System.nanoTime() < end);
        if (slice.compilerPercent() > WARM_PERCENT) {
            noteCold(target, done, what);
        }
    }

    private void noteCold(Target target, int done, String what) {
        report.note("%s was not warm after %,d %s in %d s: its CPU figures are upper bounds"
                .formatted(target.name(), done, what, limit.toSeconds()));
    }
}
