package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What this month comes to, by the calendar of each tenant. Every method throws a {@code DATABASE_UNAVAILABLE} fault when PostgreSQL is away. */
public interface Forecasts {

    /**
     * The month of a tenant, by its calendar and beside its budget; of all together by UTC and beside the organisation's, for a user who sees all.
     */
    Forecast month(Actor actor, Optional<TenantId> tenant);

    /** What each tenant has spent in its month, the most first. */
    List<Spend> spend(Actor actor, Optional<TenantId> tenant);

    /**
     * A tenant's month.
     *
     * @param budgetNano of the tenant for a month and all models; empty where there is none
     * @param softPercent share of the budget from which a warning is given
     */
    record Spend(
            TenantId tenant, String tenantName, long chargeNano, Optional<Long> budgetNano, OptionalInt softPercent) {}
}
