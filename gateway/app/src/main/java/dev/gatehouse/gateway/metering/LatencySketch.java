package dev.gatehouse.gateway.metering;

import java.util.Optional;

/**
 * What a bucket of {@code latency_hours} stands for. Bounds grow by the eighth root of two, so that the value that stands for a bucket is
 * within (γ - 1) / (γ + 1), which is 4.4 %, of all in it (DDSketch: Masson, Rim, Lee, PVLDB 12(12), 2019).
 */
final class LatencySketch {

    /** Buckets while a latency doubles. */
    static final int PER_DOUBLING = 8;

    /** How far, at most, a quantile is from the true one, as a share of that; below a millisecond it is off by one at most. */
    static final double ERROR = 0.044;

    private static final double GAMMA = Math.pow(2, 1.0 / PER_DOUBLING);

    private LatencySketch() {}

    /** Milliseconds that stand for a bucket. */
    static double value(int bucket) {
        return Math.pow(GAMMA, bucket) * 2 * GAMMA / (GAMMA + 1);
    }

    static Optional<Double> value(Optional<Integer> bucket) {
        return bucket.map(LatencySketch::value);
    }
}
