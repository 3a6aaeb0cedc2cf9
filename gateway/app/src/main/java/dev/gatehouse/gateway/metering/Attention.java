package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What needs a person. */
public interface Attention {

    /** What it may be. */
    enum Kind {
        /** No node is ready: nothing can be served. */
        NO_NODE,
        NODE_LOST,
        NODE_DRAINING,
        /** A budget is spent: calls are refused. */
        BUDGET_OVER,
        /** The share of a budget is spent from which a warning is given. */
        BUDGET_SOFT,
        /** A key ends within a week. */
        KEY_EXPIRING,
        /** Two sums of the books differed when they were compared last. */
        RECONCILIATION,
        /** Requests of which it could not be found out what became of them. */
        UNKNOWN_REQUESTS
    }

    /**
     * One thing.
     *
     * @param target the name of a node, or an id; empty text where it is about none
     * @param label what people call it
     * @param since when it began, as far as that is known
     * @param until when it will be over by itself; empty when it will not
     * @param effect what it has done, in numbers
     */
    record Item(
            Kind kind,
            String target,
            String label,
            Optional<Instant> since,
            Optional<Instant> until,
            Map<String, Long> effect) {}

    /**
     * What the user can see, the gravest first.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL is away
     */
    List<Item> needed(Actor actor, Optional<TenantId> tenant);
}
