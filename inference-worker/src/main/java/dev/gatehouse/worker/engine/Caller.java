package dev.gatehouse.worker.engine;

import java.time.Instant;
import java.util.Optional;

/**
 * For whom a request runs.
 *
 * @param tenant shares the engine with other tenants by weight; empty for all who have no name
 * @param weight share of the engine's tokens when all want more than there are, above 0
 * @param deadline an answer that is not complete by then is of no use, and fails
 * @param salt requests of the same salt find each other's prompts in the prefix cache, and those of another one never
 */
public record Caller(String tenant, double weight, Priority priority, Optional<Instant> deadline, String salt) {

    /** Without a name, interactive, without a deadline, in the cache that all such share. */
    public static final Caller ANYONE = new Caller("", 1, Priority.INTERACTIVE, Optional.empty(), "");

    public Caller {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight must be above 0, not " + weight);
        }
    }
}
