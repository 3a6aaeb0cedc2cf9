package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.access.Sights;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums of a month at its first hours, by calendars that are not of one mind. */
@Timeout(60)
final class MonthOfTenantsTest {

    private static TestDatabase database;
    private static OpenDatabase pools;
    private static UsageSums sums;

    @BeforeAll
    static void create(@TempDir Path secrets) {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        sums = new PostgresUsageSums(Sights.of(pools.core(), pools.tenants(), _ -> {}));
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-03-31T22:30:00Z, 2026-03-01T00:00:00Z",
        "Europe/Berlin, 2026-03-31T21:59:59Z, 2026-02-28T23:00:00Z",
        "Europe/Berlin, 2026-03-31T22:30:00Z, 2026-03-31T22:00:00Z",
        "Pacific/Auckland, 2026-03-31T22:30:00Z, 2026-03-31T11:00:00Z",
        "America/New_York, 2026-12-01T04:59:59Z, 2026-11-01T04:00:00Z",
        "America/New_York, 2026-12-01T05:00:01Z, 2026-12-01T05:00:00Z"
    })
    void beginsWhereTheTenantsCalendarSays(String zone, Instant now, Instant began) throws SQLException {
        UUID tenant = UUID.randomUUID();
        run("INSERT INTO tenants (id, name, time_zone) VALUES ('%s', '%s', '%s')".formatted(tenant, tenant, zone));
        used(tenant, began.minusSeconds(3600), 1_000);
        used(tenant, began, 20);
        used(tenant, now.minusSeconds(now.getEpochSecond() % 3600), 3);
        for (Optional<TenantId> reader : List.of(Optional.<TenantId>empty(), Optional.of(new TenantId(tenant)))) {
            UsageSums.Part month = sums.by(Sights.auditor(reader), wanted(tenant, now));
            assertThat(month.total().charge()).isEqualTo(23);
            assertThat(month.items())
                    .singleElement()
                    .satisfies(sum -> assertThat(sum.charge()).isEqualTo(23));
        }
    }

    private static UsageSums.Wanted wanted(UUID tenant, Instant now) {
        return new UsageSums.Wanted(
                UsageSums.Grouping.TENANT,
                Optional.empty(),
                new Requests.Whose(
                        Optional.of(new TenantId(tenant)), Optional.empty(), Optional.empty(), Optional.empty()),
                new UsageSums.Time.Month(now),
                Optional.empty(),
                10);
    }

    private static void used(UUID tenant, Instant hour, long charge) throws SQLException {
        run("""
            INSERT INTO usage_hours (hour, tenant, project, key, model, requests, attempts, prompt_tokens, cached_tokens, completion_tokens,
                reasoning_tokens, charge_nano, cost_nano)
            VALUES ('%s', '%s', '%s', '%s', 'm', 1, 1, 0, 0, 0, 0, %d, 0)""".formatted(hour, tenant, UUID.randomUUID(), UUID.randomUUID(), charge));
    }

    private static void run(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
