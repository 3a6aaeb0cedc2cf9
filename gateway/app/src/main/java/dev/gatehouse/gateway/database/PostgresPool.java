package dev.gatehouse.gateway.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** A small pool of one role's connections, which fails fast: a caller of the gateway waits behind it. */
final class PostgresPool implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final HikariDataSource connections;
    private final JdbcClient client;
    private final TransactionTemplate transactions;

    PostgresPool(String role, int size, PostgresLogins logins, MeterRegistry meters) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(role);
        config.setDataSource(new PostgresConnections(logins, role));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PostgresLogins.CONNECT_TIMEOUT.toMillis());
        config.setValidationTimeout(PostgresLogins.CONNECT_TIMEOUT.toMillis() / 2);
        config.setMetricRegistry(meters);
        connections = new HikariDataSource(config);
        client = JdbcClient.create(connections);
        transactions = new TransactionTemplate(new JdbcTransactionManager(connections));
    }

    <T> T query(Function<JdbcClient, T> statement) {
        return reaching(() -> statement.apply(client));
    }

    <T> T transact(Function<JdbcClient, T> work) {
        return reaching(
                () -> transactions.execute(status -> PostgresOpenTransaction.during(client, () -> work.apply(client))));
    }

    @Override
    public void close() {
        connections.close();
    }

    private static <T> T reaching(Supplier<T> work) {
        try {
            return work.get();
        } catch (TransactionException
                | DataAccessResourceFailureException
                | RecoverableDataAccessException
                | TransientDataAccessException e) {
            throw new Fault(
                    Problem.later(
                            Code.DATABASE_UNAVAILABLE,
                            RETRY_AFTER,
                            "The gateway cannot reach its database. Send the request again."),
                    e);
        }
    }
}
