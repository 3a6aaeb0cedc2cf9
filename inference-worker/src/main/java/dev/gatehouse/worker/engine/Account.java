package dev.gatehouse.worker.engine;

import java.util.OptionalDouble;

/** What one sequence is charged. */
final class Account {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS = 1e6;

    private long nanos;
    private double cellNanos;
    private int furthest;
    private int recomputed;
    private double microjoules = Double.NaN;
    private double bandwidthNanos = Double.NaN;

    /** Rows of a step; how many of them had been computed before. */
    int computed(int from, int count) {
        int again = Math.max(0, Math.min(furthest, from + count) - from);
        recomputed += again;
        furthest = Math.max(furthest, from + count);
        return again;
    }

    /**
     * Its share of a step.
     *
     * @param energy in microjoules; not a number if it is not known
     * @param bandwidth share of it that the step used; not a number if it is not known
     */
    void charge(long share, double energy, double bandwidth) {
        nanos += share;
        microjoules = plus(microjoules, energy);
        bandwidthNanos = plus(bandwidthNanos, bandwidth * share);
    }

    private static double plus(double sum, double more) {
        return Double.isNaN(more) ? sum : Double.isNaN(sum) ? more : sum + more;
    }

    void held(double cells, long time) {
        cellNanos += cells * time;
    }

    long nanos() {
        return nanos;
    }

    double cellNanos() {
        return cellNanos;
    }

    void add(Account other) {
        nanos += other.nanos;
        cellNanos += other.cellNanos;
        recomputed += other.recomputed;
        microjoules = plus(microjoules, other.microjoules);
        bandwidthNanos = plus(bandwidthNanos, other.bandwidthNanos);
    }

    /** @param cellBytes of the KV cache, of one token */
    Cost cost(double cellBytes) {
        return new Cost(
                nanos / NANOS_PER_MILLI,
                cellNanos / NANOS_PER_SECOND * cellBytes,
                recomputed,
                known(microjoules / MICROS),
                known(bandwidthNanos / nanos));
    }

    private static OptionalDouble known(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
