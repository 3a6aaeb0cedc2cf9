package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.PooledWhenLong;
import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.database.OpenDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@PooledWhenLong
@Timeout(60)
final class PostgresUsageHoursTest {

    private static final String SUMS = """
            SELECT to_char(hour AT TIME ZONE 'UTC', 'HH24') || ' ' || model || ' ' || requests || ' ' || attempts || ' '
                || prompt_tokens || ' ' || completion_tokens || ' ' || charge_nano FROM usage_hours ORDER BY 1""";

    private TestDatabase database;
    private OpenDatabase pools;
    private UsageHours hours;

    @BeforeEach
    void open(@TempDir Path secrets) {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        hours = new PostgresUsageHours(pools.core());
    }

    @AfterEach
    void close() {
        pools.close();
        database.close();
    }

    @Test
    void sumsEachHourByTenantKeyAndModel() throws SQLException {
        append("12:00:00", 1, "usage", "m", 10);
        append("12:59:59.999", 1, "usage", "m", 20);
        append("12:59:59.999", 2, "usage", "m", 5);
        append("13:00:00", 1, "usage", "m", 1);
        append("13:00:00", 2, "usage", "other", 2);

        assertThat(hours.bringUpToDate()).isEqualTo(2);
        assertThat(read(SUMS)).containsExactly("12 m 2 3 35 35 350", "13 m 1 1 1 1 10", "13 other 1 1 2 2 20");
    }

    @Test
    void bringsLateLinesAndCorrectionsIntoTheHourOfTheRequest() throws SQLException {
        append("12:00:00", 1, "usage", "m", 10);
        hours.bringUpToDate();
        append("12:00:00", 1, "correction", "m", -4);
        append("12:30:00", 1, "usage", "m", 1);
        hours.bringUpToDate();

        assertThat(read(SUMS)).containsExactly("12 m 2 2 7 7 70");
    }

    @Test
    void staysTheSameHoweverOftenAndByHowManyItIsDone() throws Exception {
        append("12:00:00", 1, "usage", "m", 10);
        Callable<Integer> turn = hours::bringUpToDate;
        try (ExecutorService gateways = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : gateways.invokeAll(List.of(turn, turn, turn, turn))) {
                done.get();
            }
        }
        hours.bringUpToDate();

        assertThat(read(SUMS)).containsExactly("12 m 1 1 10 10 100");
    }

    @Test
    void leavesHoursAloneOfWhichNothingNewWasRecorded() throws SQLException {
        append("12:00:00", 1, "usage", "m", 10);
        hours.bringUpToDate();
        change("UPDATE rollups SET seen_to = now() + interval '1 hour'");

        assertThat(hours.bringUpToDate()).isZero();
    }

    @Test
    void opensTheMonthsToCome() throws SQLException {
        hours.openMonths();

        assertThat(
                        read(
                                "SELECT (to_regclass('ledger_' || to_char(now() + interval '3 months', 'YYYY_MM')) IS NOT NULL)::text"))
                .containsExactly("true");
    }

    private void append(String time, int attempt, String kind, String model, long tokens) throws SQLException {
        change("""
                INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens,
                    cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
                SELECT overlay(first_id(timestamptz '2026-11-24 %sZ')::text PLACING '7000-8' FROM 15 FOR 6)::uuid, %d, '%s', id, id, id, '%s', 'worker-1', 1, %5$d,
                    0, %5$d, 0, true, true, %5$d * 10, 1
                FROM (VALUES (uuid '00000000-0000-7000-8000-000000000001')) AS tenant (id)""".formatted(time, attempt, kind, model, tokens));
    }

    private void change(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> read(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
