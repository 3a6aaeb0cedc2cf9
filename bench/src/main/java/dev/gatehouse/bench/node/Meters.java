package dev.gatehouse.bench.node;

/** How long the phases of an exchange took, in milliseconds, and the mean rows of its steps (always one here). */
record Meters(double queueMs, double prefillMs, double decodeMs, double stepRows) {

    static Meters of(long acceptedNanos, long firstTokenNanos, long lastTokenNanos) {
        return new Meters(0, millis(firstTokenNanos - acceptedNanos), millis(lastTokenNanos - firstTokenNanos), 1);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }
}
