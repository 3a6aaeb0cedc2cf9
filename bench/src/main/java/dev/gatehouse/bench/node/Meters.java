package dev.gatehouse.bench.node;

/**
 * How long the phases of an exchange took, in milliseconds, and the mean rows of its steps (always one here). What is not
 * computed has no KV cache and nothing to compute again.
 */
record Meters(
        double queueMs,
        double prefillMs,
        double decodeMs,
        double stepRows,
        double computeMs,
        double kvByteSeconds,
        long recomputed) {

    static Meters of(long acceptedNanos, long firstTokenNanos, long lastTokenNanos) {
        double prefill = millis(firstTokenNanos - acceptedNanos);
        double decode = millis(lastTokenNanos - firstTokenNanos);
        return new Meters(0, prefill, decode, 1, prefill + decode, 0, 0);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }
}
