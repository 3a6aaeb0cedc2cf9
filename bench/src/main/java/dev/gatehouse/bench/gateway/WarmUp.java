package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.load.ClosedLoop;
import java.io.PrintStream;
import java.time.Duration;

/** Runs a target until the compiler is done with it: CPU time a request falls no further, or the time is up. */
record WarmUp(int requests, Duration limit, PrintStream narration) {

    private static final Duration SLICE = Duration.ofSeconds(3);
    private static final double FALLING = 0.95;

    void run(Measurement measurement, Target target, int callers) {
        long end = System.nanoTime() + limit.toNanos();
        int done = 0;
        double best = Double.MAX_VALUE;
        boolean falling = true;
        while (System.nanoTime() - end < 0 && (falling || done < requests)) {
            Cost slice = measurement.run(target, ClosedLoop.saturating(callers, SLICE));
            done += slice.tally().answers();
            falling = slice.perAnswerUs() < best * FALLING;
            best = Math.min(best, slice.perAnswerUs());
            narration.printf("warming up %s: %,d requests, %.0f µs each%n", target.name(), done, slice.perAnswerUs());
        }
    }
}
