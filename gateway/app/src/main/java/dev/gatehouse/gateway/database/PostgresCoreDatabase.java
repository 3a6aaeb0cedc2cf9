package dev.gatehouse.gateway.database;

import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The role that sees all tenants. */
final class PostgresCoreDatabase implements CoreDatabase {

    private final PostgresPool pool;

    PostgresCoreDatabase(PostgresPool pool) {
        this.pool = pool;
    }

    @Override
    public <T> T query(Function<JdbcClient, T> statement) {
        return pool.query(statement);
    }

    @Override
    public <T> T transact(Function<JdbcClient, T> work) {
        return pool.transact(work);
    }
}
