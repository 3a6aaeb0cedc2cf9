package dev.gatehouse.gateway.database;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The only way to act for one tenant: row-level security hides all others. */
public interface TenantTransactions {

    /**
     * Runs the work in one transaction that sees and changes only the tenant's rows; an exception rolls it back.
     *
     * @throws IllegalArgumentException without a tenant
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL cannot be reached
     */
    <T> T as(TenantId tenant, Function<JdbcClient, T> work);

    /** The same, for a user of the tenant who sees and changes only keys that it owns, and what was done with them. */
    <T> T as(TenantId tenant, UserId owner, Function<JdbcClient, T> work);
}
