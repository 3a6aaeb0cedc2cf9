package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads administrative acts: a user of a tenant sees those of that tenant. Every method throws a {@code DATABASE_UNAVAILABLE} fault when
 * PostgreSQL is away.
 */
public interface Acts {

    /**
     * Which acts are wanted; what is empty does not matter.
     *
     * @param what the kind of act, such as {@code key.revoke}, or of thing, such as {@code key}
     */
    record Filter(
            Optional<TenantId> tenant,
            Optional<String> actor,
            Optional<String> what,
            Optional<UUID> target,
            Optional<Instant> from,
            Optional<Instant> until) {}

    /**
     * An act that was done.
     *
     * @param tenant whose affair it is; empty for the installation's
     * @param tenantName empty for what is not there any more
     * @param actor the name of the user, or {@code gatehouse}
     * @param before as the target was, as JSON; empty when it was made
     * @param after as it is, as JSON; empty when it is gone
     */
    record Done(
            UUID id,
            Optional<TenantId> tenant,
            Optional<String> tenantName,
            String actor,
            String address,
            String what,
            UUID target,
            Optional<String> before,
            Optional<String> after,
            Instant at) {}

    /** The latest first. */
    Page<Done> list(Actor actor, Filter filter, Paging paging);

    /**
     * What may explain a change of traffic: nodes that came, went, were drained, prices, tariffs and limits that were changed, keys that were
     * revoked; in the order of time, the last 200.
     */
    List<Happening> happenings(Actor actor, Instant from, Instant until);

    /**
     * An act as charts show it.
     *
     * @param act its id
     * @param until when what began with it was over, such as a node's absence; empty for a moment, and for what goes on
     * @param label the target's name
     */
    record Happening(UUID act, Instant at, Optional<Instant> until, String what, UUID target, String label) {}
}
