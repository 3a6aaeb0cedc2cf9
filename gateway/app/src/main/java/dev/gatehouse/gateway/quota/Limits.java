package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Administers limits. A user of one tenant sees those of that tenant, and changes those of its projects and keys. Every change is an
 * {@link dev.gatehouse.gateway.vocabulary.Act}, and in force on all gateways at once.
 */
public interface Limits {

    /** Which ones are wanted; what is empty does not matter. */
    record Filter(
            Optional<TenantId> tenant,
            Optional<Level> level,
            Optional<UUID> subject,
            Optional<ModelName> model,
            Optional<Measure> measure) {}

    /**
     * Makes a limit.
     *
     * @throws dev.gatehouse.gateway.access.RefusedException {@code EXISTS} when there is one of the same level, subject, model, measure and
     *     period; {@code MISSING} when there is no such subject; {@code FORBIDDEN} when it is not this user's to limit
     */
    StoredLimit create(Actor actor, NewLimit wanted);

    Optional<StoredLimit> find(Actor actor, UUID id);

    Page<StoredLimit> list(Actor actor, Filter filter, Paging paging);

    /**
     * Changes the amount and the warning.
     *
     * @throws IllegalArgumentException when the amount is out of its range; the message names the member
     * @throws dev.gatehouse.gateway.access.RefusedException {@code FORBIDDEN}
     */
    Optional<StoredLimit> change(Actor actor, UUID id, long amount, OptionalInt soft);

    /** Ends a limit; returns how it was. */
    Optional<StoredLimit> delete(Actor actor, UUID id);

    /** Sets another amount for a time. As {@link #change}. */
    Optional<StoredLimit> override(Actor actor, UUID id, Limit.Override other);

    /** Ends an override; empty when the limit has none of that id. */
    Optional<StoredLimit> endOverride(Actor actor, UUID id, UUID override);
}
