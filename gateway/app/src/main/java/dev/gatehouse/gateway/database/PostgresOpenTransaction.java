package dev.gatehouse.gateway.database;

import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Knows the transaction of each thread. */
final class PostgresOpenTransaction implements OpenTransaction {

    private static final ScopedValue<JdbcClient> CURRENT = ScopedValue.newInstance();

    /** Runs the work of a transaction. */
    static <T> T during(JdbcClient client, Supplier<T> work) {
        return ScopedValue.where(CURRENT, client).call(work::get);
    }

    @Override
    public <T> T join(Function<JdbcClient, T> work) {
        return work.apply(CURRENT.orElseThrow(
                () -> new IllegalStateException("what belongs to a transaction was done outside of one")));
    }
}
