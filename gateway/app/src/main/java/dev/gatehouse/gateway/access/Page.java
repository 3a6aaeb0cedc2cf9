package dev.gatehouse.gateway.access;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next what {@link Paging#after} must be for the part that follows; empty at the end
 */
public record Page<T>(List<T> items, Optional<UUID> next) {

    /** Of what was read when one more thing than wanted was asked for. */
    public static <T> Page<T> of(List<T> read, Paging paging, Function<T, UUID> id) {
        if (read.size() <= paging.limit()) {
            return new Page<>(read, Optional.empty());
        }
        List<T> items = read.subList(0, paging.limit());
        return new Page<>(items, Optional.of(id.apply(items.getLast())));
    }
}
