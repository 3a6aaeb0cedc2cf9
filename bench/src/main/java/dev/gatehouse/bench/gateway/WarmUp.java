package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.load.ClosedLoop;
import dev.gatehouse.bench.report.Report;
import java.io.PrintStream;
import java.time.Duration;

/** Runs a target until the compiler is done with it: CPU time a request falls no further, or the time is up. */
record WarmUp(int requests, Duration limit, Report report, PrintStream narration) {

    private static final Duration SLICE = Duration.ofSeconds(3);
    private static final double FALLING = 0.95;

    void run(Measurement measurement, Target target, int callers) {
        long end = System.nanoTime() + limit.toNanos();
        int done = 0;
        double best = Double.MAX_VALUE;
        boolean falling = true;
        while (falling || done < requests) {
            if (System.nanoTime() - end > 0) {
                noteCold(target, done);
                return;
            }
            Cost slice = measurement.run(target, ClosedLoop.saturating(callers, SLICE));
            done += slice.tally().answers();
            falling = slice.perAnswerUs() < best * FALLING;
            best = Math.min(best, slice.perAnswerUs());
            narration.printf("warming up %s: %,d requests, %.0f µs each%n", target.name(), done, slice.perAnswerUs());
        }
    }

    private void noteCold(Target target, int done) {
        report.note("%s was not warm after %,d requests in %d s: its CPU figures are upper bounds"
                .formatted(target.name(), done, limit.toSeconds()));
    }
}
