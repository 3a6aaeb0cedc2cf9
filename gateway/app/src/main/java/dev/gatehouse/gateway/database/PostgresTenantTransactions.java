package dev.gatehouse.gateway.database;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Names the tenant to PostgreSQL for the length of a transaction, and whose keys are seen in it. */
final class PostgresTenantTransactions implements TenantTransactions {

    /** What {@code app.owner} is for who sees the keys of all. */
    private static final String EVERY_OWNER = "all";

    private final PostgresPool pool;

    PostgresTenantTransactions(PostgresPool pool) {
        this.pool = pool;
    }

    @Override
    public <T> T as(TenantId tenant, Function<JdbcClient, T> work) {
        return as(name(tenant), EVERY_OWNER, work);
    }

    @Override
    public <T> T as(TenantId tenant, UserId owner, Function<JdbcClient, T> work) {
        return as(name(tenant), owner.value().toString(), work);
    }

    private <T> T as(String tenant, String owner, Function<JdbcClient, T> work) {
        return pool.transact(client -> {
            client.sql("SELECT set_config('app.tenant', ?, true), set_config('app.owner', ?, true)")
                    .params(tenant, owner)
                    .query()
                    .singleRow();
            return work.apply(client);
        });
    }

    private static String name(@Nullable TenantId tenant) {
        if (tenant == null || tenant.value() == null) {
            throw new IllegalArgumentException("a tenant's transaction needs a tenant");
        }
        return tenant.value().toString();
    }
}
