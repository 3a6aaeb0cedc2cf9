package dev.gatehouse.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.db.Pooled;
import dev.gatehouse.db.Role;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@Pooled
@Timeout(60)
final class PostgresGoneTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path secrets;

    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.onOwnServer();
        database.writeSecrets(secrets);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void isAFaultOfOursAndHealsByItself() throws SQLException {
        try (ConfigurableApplicationContext gateway = DatabaseStart.on(database, secrets)) {
            CoreDatabase core = gateway.getBean(CoreDatabase.class);
            TenantTransactions tenants = gateway.getBean(TenantTransactions.class);
            Instance instance = gateway.getBean(Instance.class);
            assertThat(core.query(PostgresGoneTest::one)).isOne();

            database.stop();
            unavailable(() -> core.query(PostgresGoneTest::one));
            unavailable(() -> tenants.as(new TenantId(new UUID(1, 2)), PostgresGoneTest::one));

            database.start();
            until(() -> core.query(PostgresGoneTest::one) == 1);
            until(() -> lives(instance));
        }
    }

    @Test
    void showsThatAGatewayLivesUntilItEnds() {
        Instance instance;
        try (ConfigurableApplicationContext gateway =
                DatabaseStart.on(database, secrets, "--gatehouse.instance.name=gateway-7")) {
            instance = gateway.getBean(Instance.class);
            assertThat(lives(instance)).isTrue();
            assertThat(ask("SELECT count(*) FROM gateways WHERE name = 'gateway-7' AND start_id = "
                            + instance.startId()))
                    .isOne();
        }
        until(() -> !lives(instance));
    }

    private static Integer one(JdbcClient client) {
        return client.sql("SELECT 1").query(Integer.class).single();
    }

    private static boolean lives(Instance instance) {
        return ask(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND (classid::bigint << 32 | objid::bigint) = "
                                + instance.startId())
                == 1;
    }

    private static long ask(String sql) {
        try (Connection core = database.connect(Role.GH_CORE);
                Statement statement = core.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            return answer.next() ? answer.getLong(1) : -1;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unavailable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.problem().code()).isEqualTo(Code.DATABASE_UNAVAILABLE);
            assertThat(fault.problem().retryAfter()).isPresent();
        });
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreException(Fault.class).until(condition);
    }
}
