package dev.gatehouse.bench.guard;

import dev.gatehouse.bench.load.WrongAnswerException;
import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.detect.StreamFilter;
import dev.gatehouse.detect.StreamFilter.Notation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Filters a passage again and again, in this thread, and takes its CPU time. */
final class Filtering {

    private static final int WARM_UP = 4_000;
    private static final int PER_ROUND = 400;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final Remedies MASK_ALL = Remedies.all(Remedy.MASK);

    private final Passage passage;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private int found;

    Filtering(Passage passage) {
        this.passage = passage;
    }

    /**
     * Microseconds for the passage once, by round.
     *
     * @throws WrongAnswerException when not all of its findings were found
     */
    double[] cpuUs(int rounds) {
        round(WARM_UP);
        double[] each = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            each[i] = round(PER_ROUND);
        }
        return each;
    }

    private double round(int times) {
        found = 0;
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            once();
        }
        long nanos = threads.getCurrentThreadCpuTime() - before;
        if (found != times * passage.findings()) {
            throw new WrongAnswerException("found " + found + " of " + times * passage.findings());
        }
        return nanos / NANOS_PER_MICRO / times;
    }

    private void once() {
        StreamFilter filter = new StreamFilter(Notation.JSON, MASK_ALL, _ -> found++);
        for (String piece : passage.pieces()) {
            filter.feed(piece);
        }
        filter.finish();
    }
}
