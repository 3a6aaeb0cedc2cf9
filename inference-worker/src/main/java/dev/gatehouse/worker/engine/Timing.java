package dev.gatehouse.worker.engine;

/** The moments of one generation, in {@link System#nanoTime}, and how full its steps were. */
final class Timing {

    private static final double NANOS_PER_MS = 1e6;

    private final long accepted;
    private long firstStep;
    private long firstToken;
    private long lastToken;
    private long steps;
    private long rows;
    private boolean decoding;

    Timing(long accepted) {
        this.accepted = accepted;
    }

    /** Whether it was the first one. */
    boolean step(int rowsOfIt, long started) {
        if (steps++ == 0) {
            firstStep = started;
        }
        rows += rowsOfIt;
        return steps == 1;
    }

    void token(long now) {
        if (!decoding) {
            firstToken = now;
            decoding = true;
        }
        lastToken = now;
    }

    /** What has not begun took no time. */
    Meters meters(Cost cost) {
        double queue = steps == 0 ? 0 : (firstStep - accepted) / NANOS_PER_MS;
        double prefill = decoding ? (firstToken - firstStep) / NANOS_PER_MS : 0;
        double decode = decoding ? (lastToken - firstToken) / NANOS_PER_MS : 0;
        return new Meters(queue, prefill, decode, steps == 0 ? 0 : (double) rows / steps, cost);
    }
}
