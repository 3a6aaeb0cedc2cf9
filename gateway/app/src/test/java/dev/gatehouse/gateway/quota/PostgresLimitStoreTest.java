package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.Pooled;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Pooled
@Timeout(60)
final class PostgresLimitStoreTest {

    private static final UUID TENANT = new UUID(0, 1_001);
    private static final UUID LIMIT = new UUID(0, 5);

    private static TestDatabase database;
    private static OpenDatabase pools;
    private static LimitStore store;

    @BeforeAll
    static void create(@TempDir Path secrets) throws SQLException {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        store = new PostgresLimitStore(pools.core());
        change("INSERT INTO tenants (id, name, time_zone) VALUES ('" + TENANT + "', 'acme', 'Asia/Kolkata')");
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        change("DELETE FROM limits");
    }

    @Test
    void readsALimitWithItsTenantsCalendar() throws SQLException {
        change("INSERT INTO limits (id, tenant, level, model, what, per, amount, soft_percent) VALUES ('" + LIMIT
                + "', '" + TENANT + "', 'tenant', 'chat', 'charge', 'quarter', 500, 80)");
        assertThat(store.all()).singleElement().satisfies(limit -> {
            assertThat(limit.level()).isEqualTo(Level.TENANT);
            assertThat(limit.subject()).isEqualTo(TENANT);
            assertThat(limit.model()).contains(new ModelName("chat"));
            assertThat(limit.measure()).isEqualTo(Measure.CHARGE);
            assertThat(limit.period()).isEqualTo(Period.QUARTER);
            assertThat(limit.amount()).isEqualTo(500);
            assertThat(limit.soft()).hasValue(80);
            assertThat(limit.zone()).isEqualTo(ZoneId.of("Asia/Kolkata"));
        });
    }

    @Test
    void readsALimitOfAllTogetherWithoutAPeriod() throws SQLException {
        change("INSERT INTO limits (level, what, amount) VALUES ('organisation', 'streams', 9)");
        assertThat(store.all()).singleElement().satisfies(limit -> {
            assertThat(limit.level()).isEqualTo(Level.ORGANISATION);
            assertThat(limit.period()).isEqualTo(Period.NONE);
            assertThat(limit.zone()).isEqualTo(ZoneOffset.UTC);
            assertThat(limit.at(Sample.NOW).rule()).isEqualTo(new Rule.Gauge(9));
        });
    }

    @Test
    void readsOverridesThatHoldOrWill() throws SQLException {
        change("INSERT INTO limits (id, level, what, per, amount) VALUES ('" + LIMIT
                + "', 'organisation', 'requests', 'day', 9)");
        change("INSERT INTO limit_overrides (limit_id, amount, valid_from, valid_until) VALUES ('" + LIMIT
                + "', 11, now() - interval '1 hour', now() + interval '1 hour'), ('" + LIMIT
                + "', 12, now() + interval '1 hour', now() + interval '2 hours'), ('" + LIMIT
                + "', 13, now() - interval '2 hours', now() - interval '1 hour')");
        assertThat(store.all())
                .singleElement()
                .satisfies(limit -> assertThat(limit.overrides())
                        .extracting(Limit.Override::amount)
                        .containsExactlyInAnyOrder(11L, 12L));
    }

    private static void change(String sql) throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
