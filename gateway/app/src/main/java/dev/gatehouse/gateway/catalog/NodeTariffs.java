package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.vocabulary.Tariff;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Administers what our own nodes cost us, which only users of the whole installation see. As {@link Prices}. */
public interface NodeTariffs {

    /** A tariff, which holds until the next one begins. */
    record Stored(UUID id, Tariff tariff, Instant from) {}

    /** @throws dev.gatehouse.gateway.access.RefusedException {@code EXISTS} when another begins at the same moment; {@code FORBIDDEN} */
    Stored create(Actor actor, Tariff tariff, Instant from);

    Page<Stored> list(Actor actor, Paging paging);

    /** @throws dev.gatehouse.gateway.access.RefusedException {@code FORBIDDEN}; {@code FIXED} when it has begun */
    Optional<Stored> delete(Actor actor, UUID id);
}
