package dev.gatehouse.gateway.access;

import java.util.Optional;
import java.util.UUID;

/**
 * Which part of a list is wanted. Lists are in the order in which things were made.
 *
 * @param after the last thing that was seen; empty to begin
 * @param limit most things, 1 to {@value #MOST}
 */
public record Paging(Optional<UUID> after, int limit) {

    public static final int MOST = 200;

    public Paging {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST);
        }
    }
}
