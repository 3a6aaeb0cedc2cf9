package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each role may do to each table, from one table, tried on PostgreSQL. */
@Pooled
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoleMatrixTest {

    /** Select, insert, update, delete; the letters are those of {@link Reach#of}. */
    private static final String MATRIX = """
            table                  owner  gh_tenant  gh_append  gh_core
            tenants                0-00   s-u-       ----       SI--
            projects               0-00   siu-       ----       S---
            keys                   0-00   siu-       ----       S---
            key_secrets            0-00   siu-       ----       S---
            users                  0-00   siud       ----       SIUD
            sessions               SIUD   ----       ----       SIUD
            sign_in_links          0-00   -i--       ----       SI-D
            grants                 0-00   siud       ----       S---
            saved_views            SIUD   ----       ----       SIUD
            access_requests        0-00   siu-       ----       S---
            peppers                SIUD   ----       ----       SI--
            limits                 0-00   siud       ----       SIUD
            limit_overrides        0-00   si-d       ----       SI-D
            buckets                SIUD   ----       ----       SIUD
            leases                 SIUD   ----       ----       SIUD
            prices                 SIUD   ----       ----       SIUD
            tariffs                SIUD   ----       ----       SI-D
            models                 SIUD   ----       ----       SI--
            routes                 SIUD   ----       ----       SI--
            nodes                  SIUD   ----       ----       SIU-
            gateways               SIUD   ----       ----       SIU-
            intents                0-!!   s---       -I--       S---
            outcomes               0-!!   s---       -I--       S---
            ledger                 0-!!   s---       -I--       S---
            corrections            SIUD   ----       ----       SI--
            usage_hours            0-00   s---       ----       SI-D
            request_hours          0-00   s---       ----       SI-D
            latency_hours          0-00   s---       ----       SI-D
            node_hours             0-00   s---       ----       SI-D
            rollups                SIUD   ----       ----       S-U-
            acts                   0-!!   si--       ----       SI--
            flyway_schema_history  SIUD   ----       ----       ----
            """;

    private static final List<String> TENANT_TABLES = List.of(
            "projects",
            "keys",
            "key_secrets",
            "users",
            "grants",
            "access_requests",
            "limits",
            "limit_overrides",
            "intents",
            "outcomes",
            "ledger",
            "usage_hours",
            "request_hours",
            "latency_hours",
            "node_hours",
            "acts");
    private static final int OURS = 1;
    private static final int THEIRS = 2;
    private static final int NEW_ROW = 3;

    private final TestDatabase database = TestDatabase.create();
    private final Map<Role, Connection> connections = new EnumMap<>(Role.class);
    private final Map<String, Long> rows = new TreeMap<>();

    @BeforeAll
    void fill() throws SQLException {
        try (Connection superuser = database.superuser()) {
            Sample.fill(superuser);
            for (String table : tables().toList()) {
                rows.put(table, count(superuser, "SELECT count(*) FROM " + table));
            }
        }
        for (Role role : Role.values()) {
            Connection connection = database.connect(role);
            connection.setAutoCommit(false);
            connections.put(role, connection);
        }
    }

    @AfterAll
    void close() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
        database.close();
    }

    static Stream<String> tables() {
        return MATRIX.lines().skip(1).map(line -> line.split(" +")[0]);
    }

    static Stream<Arguments> cells() {
        List<Arguments> cells = new ArrayList<>();
        for (String line : MATRIX.lines().skip(1).toList()) {
            String[] columns = line.split(" +");
            for (Role role : Role.values()) {
                for (Verb verb : Verb.values()) {
                    char cell = columns[1 + role.ordinal()].charAt(verb.ordinal());
                    cells.add(Arguments.of(role, verb, columns[0], Reach.of(cell)));
                }
            }
        }
        return cells.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @MethodSource("cells")
    void reachesExactlyTheRowsOfTheMatrix(Role role, Verb verb, String table, Reach reach) throws SQLException {
        if (verb == Verb.INSERT) {
            assertThat(mayInsert(role, table, OURS)).isEqualTo(reach == Reach.OWN || reach == Reach.ALL);
            assertThat(mayInsert(role, table, THEIRS)).isEqualTo(reach == Reach.ALL);
            return;
        }
        ThrowingCallable attempt = () -> reached(role, verb, table);
        switch (reach) {
            case REFUSED -> assertThatThrownBy(attempt).satisfies(RoleMatrixTest::isRefusal);
            case STOPPED -> assertThatThrownBy(attempt).hasMessageContaining(table + " is append-only");
            case NONE -> assertThat(reached(role, verb, table)).isZero();
            case OWN -> assertThat(reached(role, verb, table)).isOne();
            case ALL -> assertThat(reached(role, verb, table)).isEqualTo(rows.get(table));
        }
    }

    @Test
    void namesEveryTable() throws SQLException {
        TreeSet<String> present = new TreeSet<>();
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet result = statement.executeQuery("""
                        SELECT oid::regclass::text FROM pg_class
                        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT relispartition AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast')""")) {
            while (result.next()) {
                present.add(result.getString(1));
            }
        }
        assertThat(tables()).containsExactlyInAnyOrderElementsOf(present);
    }

    @Test
    void forcesRowLevelSecurityOnEveryTableThatNamesATenant() throws SQLException {
        try (Connection superuser = database.superuser()) {
            assertThat(count(superuser, """
                            SELECT count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                            WHERE a.attname = 'tenant' AND c.relkind IN ('r', 'p')
                              AND NOT (c.relrowsecurity AND c.relforcerowsecurity)""")).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void letsNoRoleButTheOwnerTruncateOrReferTo(String table) throws SQLException {
        try (Connection superuser = database.superuser()) {
            for (Role role : List.of(Role.GH_TENANT, Role.GH_APPEND, Role.GH_CORE)) {
                assertThat(count(
                                superuser,
                                "SELECT has_table_privilege('%s', '%s', 'TRUNCATE, REFERENCES, TRIGGER, MAINTAIN')::int"
                                        .formatted(role.login(), table)))
                        .as(role.login())
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void showsNothingOnAReusedConnectionWhoseTenantIsEmpty(String table) throws SQLException {
        if (!TENANT_TABLES.contains(table) && !table.equals("tenants")) {
            return;
        }
        try (Connection reused = database.connectDirectly(Role.GH_TENANT);
                Statement statement = reused.createStatement()) {
            reused.setAutoCommit(false);
            enter(statement);
            assertThat(count(reused, "SELECT count(*) FROM " + table)).isOne();
            reused.rollback();
            try (ResultSet left = statement.executeQuery("SELECT current_setting('app.tenant', true)")) {
                assertThat(left.next()).isTrue();
                assertThat(left.getString(1)).isEmpty();
            }
            assertThat(count(reused, "SELECT count(*) FROM " + table)).isZero();
        }
    }

    @Test
    void showsNothingOnAFreshConnectionWithoutATenant() throws SQLException {
        try (Connection fresh = database.connect(Role.GH_TENANT)) {
            assertThat(count(fresh, "SELECT count(*) FROM tenants")).isZero();
        }
    }

    @Test
    void keepsWhatAKeyIsFromTheConsole() {
        for (String statement : List.of(
                "SELECT hmac FROM key_secrets",
                "UPDATE key_secrets SET hmac = sha256('x')",
                "UPDATE key_secrets SET key = '" + Sample.tenant(THEIRS) + "'",
                "UPDATE keys SET tenant = '" + Sample.tenant(THEIRS) + "'",
                "UPDATE keys SET project = '" + Sample.tenant(THEIRS) + "'",
                "UPDATE keys SET owner = '" + Sample.tenant(THEIRS) + "'")) {
            assertThatThrownBy(() -> {
                        try (Connection console = database.connect(Role.GH_TENANT);
                                Statement sql = console.createStatement()) {
                            sql.execute(statement);
                        }
                    })
                    .as(statement)
                    .satisfies(RoleMatrixTest::isRefusal);
        }
    }

    @Test
    void refusesToChangeAuditRowsEvenToASuperuser() throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            for (String table : List.of("intents", "outcomes", "ledger", "acts")) {
                assertThatThrownBy(() -> statement.execute("DELETE FROM " + table))
                        .hasMessageContaining(table + " is append-only");
                assertThatThrownBy(() -> statement.execute(Sample.update(table)))
                        .hasMessageContaining(table + " is append-only");
                assertThatThrownBy(() -> statement.execute("TRUNCATE " + table))
                        .hasMessageContaining(table + " is append-only");
            }
        }
    }

    private long reached(Role role, Verb verb, String table) throws SQLException {
        Connection connection = connection(role);
        try (Statement statement = connection.createStatement()) {
            enter(statement);
            return switch (verb) {
                case SELECT -> count(connection, "SELECT count(*) FROM " + table);
                case UPDATE -> statement.executeUpdate(Sample.update(table));
                case DELETE -> statement.executeUpdate("DELETE FROM " + table);
                case INSERT -> throw new IllegalArgumentException("an insert reaches no rows");
            };
        } catch (SQLException e) {
            if (isReferenced(e)) {
                return rows.getOrDefault(table, -1L);
            }
            throw e;
        } finally {
            connection.rollback();
        }
    }

    private boolean mayInsert(Role role, String table, int tenant) throws SQLException {
        Connection connection = connection(role);
        try (Statement statement = connection.createStatement()) {
            enter(statement);
            return statement.executeUpdate(Sample.insert(table, NEW_ROW, tenant)) == 1;
        } catch (SQLException e) {
            isRefusal(e);
            return false;
        } finally {
            connection.rollback();
        }
    }

    private static void enter(Statement statement) throws SQLException {
        statement.execute("SELECT set_config('app.tenant', '" + Sample.tenant(OURS)
                + "', true), set_config('app.owner', 'all', true)");
    }

    private Connection connection(Role role) {
        return Objects.requireNonNull(connections.get(role));
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    private static void isRefusal(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
    }

    /** Rows that others refer to cannot be deleted by anyone: the right to try was there. */
    private static boolean isReferenced(SQLException e) {
        return "23503".equals(e.getSQLState());
    }
}
