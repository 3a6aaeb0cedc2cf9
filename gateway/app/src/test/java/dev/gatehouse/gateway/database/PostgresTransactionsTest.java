package dev.gatehouse.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.Pooled;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@Pooled
final class PostgresTransactionsTest {

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static TenantTransactions transactions;
    private static CoreDatabase core;

    @BeforeAll
    static void start(@TempDir Path secrets) {
        database = TestDatabase.create();
        database.writeSecrets(secrets);
        gateway = DatabaseStart.on(database, secrets, "--gatehouse.database.tenant-connections=1");
        transactions = gateway.getBean(TenantTransactions.class);
        core = gateway.getBean(CoreDatabase.class);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void showATenantItsOwnRowsAlone() {
        TenantId one = tenant("one");
        TenantId other = tenant("other");
        assertThat(transactions.as(one, PostgresTransactionsTest::names)).containsExactly("one");
        assertThat(transactions.as(other, PostgresTransactionsTest::names)).containsExactly("other");
        assertThat(core.query(PostgresTransactionsTest::names)).contains("one", "other");
    }

    @Test
    @SuppressWarnings("NullAway")
    void refuseAMissingTenant() {
        for (TenantId missing : new TenantId[] {null, new TenantId(null)}) {
            assertThatThrownBy(() -> transactions.as(missing, PostgresTransactionsTest::names))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs a tenant");
        }
    }

    @Test
    void forgetTheTenantWhenTheyEnd() {
        TenantId tenant = tenant("forgotten");
        String setting = "SELECT coalesce(current_setting('app.tenant', true), '')";
        assertThat(transactions.<String>as(
                        tenant,
                        client -> client.sql(setting).query(String.class).single()))
                .isEqualTo(tenant.value().toString());
        PostgresPool onlyConnection = gateway.getBean("tenantPool", PostgresPool.class);
        assertThat(onlyConnection.<String>query(
                        client -> client.sql(setting).query(String.class).single()))
                .isEmpty();
        assertThat(onlyConnection.query(PostgresTransactionsTest::names)).isEmpty();
    }

    @Test
    void keepNothingOfWorkThatFails() {
        TenantId tenant = tenant("unchanged");
        assertThatThrownBy(() -> transactions.<Integer>as(tenant, client -> {
                    client.sql("UPDATE tenants SET name = 'changed'").update();
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(transactions.as(tenant, PostgresTransactionsTest::names)).containsExactly("unchanged");
    }

    @Test
    void leaveNoPreparedStatementBehindAPooler(@TempDir Path secrets) {
        database.writeSecrets(secrets);
        String url = "--gatehouse.database.url=" + database.url();
        try (ConfigurableApplicationContext direct = DatabaseStart.alone(secrets, List.of(url));
                ConfigurableApplicationContext pooled = DatabaseStart.alone(
                        secrets,
                        List.of(
                                url,
                                "--gatehouse.database.pooled=true",
                                "--gatehouse.database.direct-url=" + database.url()))) {
            assertThat(preparedAfterManyQueries(direct.getBean(CoreDatabase.class)))
                    .isPositive();
            assertThat(preparedAfterManyQueries(pooled.getBean(CoreDatabase.class)))
                    .isZero();
        }
    }

    private static long preparedAfterManyQueries(CoreDatabase database) {
        return database.transact(client -> {
            for (int i = 0; i < 10; i++) {
                client.sql("SELECT count(*) FROM tenants WHERE name = ?")
                        .param("x")
                        .query(Long.class)
                        .single();
            }
            return client.sql("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%FROM tenants%'")
                    .query(Long.class)
                    .single();
        });
    }

    private static List<String> names(JdbcClient client) {
        return client.sql("SELECT name FROM tenants")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static TenantId tenant(String name) {
        return new TenantId(core.<UUID>query(client -> client.sql("INSERT INTO tenants (name) VALUES (?) RETURNING id")
                .param(name)
                .query(UUID.class)
                .single()));
    }
}
