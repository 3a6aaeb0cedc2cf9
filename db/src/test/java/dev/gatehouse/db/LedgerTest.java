package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The ledger's partitions and its one line for an attempt. */
@Pooled
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LedgerTest {

    private static final String LINE = """
            INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens, cached_tokens,
                completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
            VALUES (%s, 1, '%s', uuidv7(), uuidv7(), uuidv7(), 'm', 'n', 1, 1, 0, 1, 0, true, true, 1, 1) ON CONFLICT DO NOTHING""";

    private final TestDatabase database = TestDatabase.create();

    @BeforeAll
    void openAMonthFarAway() throws SQLException {
        core("SELECT open_ledger(timestamptz '2040-02-29 23:59:59Z')");
    }

    @AfterAll
    void close() throws SQLException {
        database.close();
    }

    @Test
    void takesEachLineOnce() throws SQLException {
        String id = "'01931f0e-0000-7000-8000-000000000001'";
        core("SELECT open_ledger(timestamptz '2024-11-12Z')");

        assertThat(append(LINE.formatted(id, "usage"))).isOne();
        assertThat(append(LINE.formatted(id, "usage"))).isZero();
        assertThat(append(LINE.formatted(id, "correction"))).isOne();
    }

    @Test
    void keepsTheLinesOfAMonthInOnePartition() throws SQLException {
        append(LINE.formatted("first_id('2040-02-01Z')", "usage"));
        append(LINE.formatted("first_id(timestamptz '2040-03-01Z' - interval '1 ms')", "usage"));

        assertThat(number("SELECT count(*) FROM ledger_2040_02")).isEqualTo(2);
        assertThatThrownBy(() -> append(LINE.formatted("first_id('2040-03-01Z')", "usage")))
                .hasMessageContaining("no partition");
    }

    @Test
    void opensAMonthOnlyOnce() throws SQLException {
        core("SELECT open_ledger(timestamptz '2040-02-01 00:00:00Z')");

        assertThat(number("SELECT count(*) FROM pg_inherits WHERE inhrelid = 'ledger_2040_02'::regclass"))
                .isOne();
    }

    @Test
    void hasRoomForThisMonthAndThoseThatFollow() throws SQLException {
        assertThat(append(LINE.formatted("uuidv7()", "usage"))).isOne();
        assertThat(append(LINE.formatted("uuidv7(interval '3 months')", "usage")))
                .isOne();
    }

    @Test
    void readsAMomentAsTheFirstOfItsIds() throws SQLException {
        assertThat(number("SELECT (first_id(now()) <= uuidv7())::int")).isOne();
        assertThat(number("""
                        SELECT extract(epoch FROM uuid_extract_timestamp(overlay(
                            first_id('2026-11-24 10:00:00.123Z')::text PLACING '7000-8' FROM 15 FOR 6)::uuid)) * 1000""")).isEqualTo(1_795_514_400_123L);
    }

    @Test
    void letsNobodyReadAPartitionPastItsPolicies() throws SQLException {
        for (Role role : new Role[] {Role.GH_TENANT, Role.GH_CORE, Role.GH_APPEND}) {
            assertThatThrownBy(() -> execute(role, "SELECT count(*) FROM ledger_2040_02"))
                    .hasMessageContaining("permission denied");
        }
    }

    private int append(String sql) throws SQLException {
        return execute(Role.GH_APPEND, sql);
    }

    private void core(String sql) throws SQLException {
        execute(Role.GH_CORE, sql);
    }

    private int execute(Role role, String sql) throws SQLException {
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? 0 : statement.getUpdateCount();
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }
}
