package dev.gatehouse.gateway.catalog;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Administers the one price list, which all tenants see and only users of the whole installation change. What has begun stays as it is: a
 * change of price is another one. Every change is an {@link dev.gatehouse.gateway.vocabulary.Act}, and in force on all gateways at once.
 */
public interface Prices {

    /**
     * A price of a model.
     *
     * @param until the end, excluded; empty: until another one begins
     */
    record Stored(UUID id, ModelName model, Price price, Instant from, Optional<Instant> until) {}

    /**
     * Sets a price.
     *
     * @throws dev.gatehouse.gateway.access.RefusedException {@code MISSING} when there is no such model; {@code EXISTS} when another price of
     *     it begins at the same moment; {@code FORBIDDEN} for a user of one tenant
     */
    Stored create(Actor actor, ModelName model, Price price, Instant from, Optional<Instant> until);

    Optional<Stored> find(Actor actor, UUID id);

    /** The price of each model that has one at a moment. */
    Map<ModelName, Stored> inForce(Instant moment);

    Page<Stored> list(Actor actor, Optional<ModelName> model, Paging paging);

    /**
     * Ends a price at a moment that is not past, or lets it go on until another one begins.
     *
     * @throws dev.gatehouse.gateway.access.RefusedException {@code FORBIDDEN}; {@code FIXED} when it has ended already
     */
    Optional<Stored> end(Actor actor, UUID id, Optional<Instant> until);

    /**
     * Takes back a price that has not begun.
     *
     * @throws dev.gatehouse.gateway.access.RefusedException {@code FORBIDDEN}; {@code FIXED} when it has begun
     */
    Optional<Stored> delete(Actor actor, UUID id);
}
