package dev.gatehouse.gateway.vocabulary;

import java.time.Duration;
import java.util.Optional;

/** How a caller stands with their limits, of each kind the one that is nearest; empty where nothing limits them. */
public record Standing(Optional<Room> requests, Optional<Room> tokens) {

    public static final Standing UNLIMITED = new Standing(Optional.empty(), Optional.empty());

    /**
     * What is left of one limit.
     *
     * @param limit units a period
     * @param remaining units that can still be used now
     * @param reset how long until nothing is missing any more, if nothing else is used
     */
    public record Room(long limit, long remaining, Duration reset) {}
}
