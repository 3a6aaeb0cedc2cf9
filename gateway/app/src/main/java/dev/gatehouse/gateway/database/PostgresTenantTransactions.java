package dev.gatehouse.gateway.database;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Names the tenant to PostgreSQL for the length of a transaction. */
final class PostgresTenantTransactions implements TenantTransactions {

    private final PostgresPool pool;

    PostgresTenantTransactions(PostgresPool pool) {
        this.pool = pool;
    }

    @Override
    public <T> T as(TenantId tenant, Function<JdbcClient, T> work) {
        String name = name(tenant);
        return pool.transact(client -> {
            client.sql("SELECT set_config('app.tenant', ?, true)")
                    .param(name)
                    .query(String.class)
                    .single();
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
