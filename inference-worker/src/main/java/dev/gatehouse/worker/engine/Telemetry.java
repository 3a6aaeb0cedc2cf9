package dev.gatehouse.worker.engine;

import java.util.OptionalDouble;

/**
 * What an engine measures beside its work.
 *
 * @param expertsEvery counts the picked experts in one step of so many, 1 to 1,000,000; 0: never
 * @param bandwidth of the memory that holds the weights, in bytes a second; empty: the share of it that is used is not told
 */
public record Telemetry(int expertsEvery, OptionalDouble bandwidth) {

    public static final int MOST_EXPERTS_EVERY = 1_000_000;
    public static final Telemetry USUAL = new Telemetry(16, OptionalDouble.empty());

    public Telemetry {
        if (expertsEvery < 0 || expertsEvery > MOST_EXPERTS_EVERY) {
            throw new IllegalArgumentException(
                    "experts-every must be 0 to " + MOST_EXPERTS_EVERY + ", not " + expertsEvery);
        }
        if (bandwidth.orElse(1) <= 0) {
            throw new IllegalArgumentException("bandwidth must be more than 0");
        }
    }
}
