package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees only its own keys, inside one tenant: each table has a row of key 1, which user 1 owns, and one of key 3, which user 3 owns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OwnerSightTest {

    private static final String ALL = "all";
    private static final String NOBODY = "";
    private static final List<String> BOOKS =
            List.of("intents", "outcomes", "ledger", "usage_hours", "request_hours", "latency_hours", "node_hours");

    private final TestDatabase database = TestDatabase.create();
    private Connection tenant;

    @BeforeAll
    void fill() throws SQLException {
        try (Connection superuser = database.superuser();
                Statement sql = superuser.createStatement()) {
            Sample.fill(superuser);
            sql.execute(Sample.insert("users", 3, 1));
            sql.execute(Sample.insert("keys", 3, 1));
            sql.execute("UPDATE keys SET owner = user_of(right(id::text, 1)::integer), owner_name = 'user'");
            sql.execute(Sample.insert("key_secrets", 3, 1).replace("uuid_of(1)", "uuid_of(3)"));
            for (String table : BOOKS) {
                sql.execute(Sample.insert(table, 3, 1).replace("uuid_of(1), uuid_of(1)", "uuid_of(1), uuid_of(3)"));
            }
            for (String table : List.of("grants", "access_requests")) {
                sql.execute(Sample.insert(table, 3, 1).replace("user_of(1)", "user_of(3)"));
            }
        }
        tenant = database.connect(Role.GH_TENANT);
        tenant.setAutoCommit(false);
    }

    @AfterEach
    void undo() throws SQLException {
        tenant.rollback();
    }

    @AfterAll
    void close() throws SQLException {
        tenant.close();
        database.close();
    }

    static Stream<String> tables() {
        return Stream.concat(Stream.of("keys", "key_secrets", "grants", "access_requests"), BOOKS.stream());
    }

    @ParameterizedTest
    @MethodSource("tables")
    void showsAUserItsOwnRowsAndWhoSeesAllBoth(String table) throws SQLException {
        assertThat(seen(table, user(1))).isOne();
        assertThat(seen(table, user(3))).isOne();
        assertThat(seen(table, ALL)).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void showsNothingToAUserWithoutKeysAndWithoutTheSetting(String table) throws SQLException {
        assertThat(seen(table, user(2))).isZero();
        assertThat(seen(table, NOBODY)).isZero();
        try (Connection fresh = database.connect(Role.GH_TENANT);
                Statement sql = fresh.createStatement()) {
            sql.execute("SELECT set_config('app.tenant', '" + Sample.tenant(1) + "', false)");
            assertThat(count(fresh, "SELECT count(*) FROM " + table)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"intents", "outcomes", "ledger", "usage_hours", "key_secrets"})
    void asksOnceAStatementWhoseKeysTheyAre(String table) throws SQLException {
        enter(user(1));
        List<String> plan = lines("EXPLAIN (COSTS OFF) SELECT count(*) FROM " + table);
        assertThat(plan).anyMatch(line -> line.contains("InitPlan")).noneMatch(line -> line.contains("SubPlan"));
    }

    @Test
    void changesItsOwnKeyAndNoOther() throws SQLException {
        enter(user(1));
        assertThat(update("UPDATE keys SET revoked_at = now()")).isOne();
        assertThat(update("UPDATE key_secrets SET expires_at = now()")).isOne();
        assertThat(lines("SELECT owner::text FROM keys WHERE revoked_at IS NOT NULL"))
                .containsExactly(user(1));
    }

    @Test
    void makesKeysForItselfAlone() throws SQLException {
        enter(user(1));
        assertThat(update(key(user(1)))).isOne();
        refused(key(user(3)));
        refused("INSERT INTO keys (tenant, project, name) SELECT tenant, id, 'nobody''s' FROM projects");
        refused(Sample.insert("key_secrets", 4, 1).replace("uuid_of(1)", "uuid_of(3)"));
    }

    @Test
    void asksForItselfAndDecidesNothing() throws SQLException {
        enter(user(1));
        assertThat(update(request(user(1), "'open', NULL, NULL"))).isOne();
        refused(request(user(3), "'open', NULL, NULL"));
        refused(request(user(1), "'approved', now(), 'itself'"));
        refused("INSERT INTO grants (tenant, project, grantee, granted_by) SELECT tenant, id, '%s', '' FROM projects"
                .formatted(user(1)));
        assertThat(update(Sample.update("grants"))).isZero();
        assertThat(update("DELETE FROM grants")).isZero();
        assertThat(update(Sample.update("access_requests"))).isZero();
    }

    @Test
    void givesAConsoleKeyNoSecret() throws SQLException {
        try (Connection superuser = database.superuser();
                Statement sql = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            sql.execute(
                    "INSERT INTO keys (id, tenant, project, name, owner, owner_name, kind)"
                            + " SELECT uuid_of(9), tenant, project, 'console', owner, owner_name, 'console' FROM keys WHERE id = uuid_of(1)");
            assertThatThrownBy(
                            () -> sql.execute(Sample.insert("key_secrets", 9, 1).replace("uuid_of(1)", "uuid_of(9)")))
                    .hasMessageContaining("a console key has no secret");
            superuser.rollback();
        }
    }

    @Test
    void keepsTheNameOfAnOwnerWhoIsGone() throws SQLException {
        try (Connection superuser = database.superuser();
                Statement sql = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            sql.execute("DELETE FROM users WHERE id = user_of(3)");
            assertThat(count(superuser, "SELECT count(*) FROM keys WHERE owner IS NULL AND owner_name = 'user'"))
                    .isOne();
            assertThat(count(superuser, "SELECT count(*) FROM grants WHERE model = 'm3'"))
                    .isZero();
            superuser.rollback();
        }
    }

    private String user(int number) throws SQLException {
        return lines("SELECT user_of(%d)::text".formatted(number)).getFirst();
    }

    private static String key(String owner) {
        return "INSERT INTO keys (tenant, project, name, owner, owner_name) SELECT tenant, id, 'new', '%s', 'user' FROM projects"
                .formatted(owner);
    }

    private static String request(String asker, String decision) {
        return "INSERT INTO access_requests (tenant, project, model, asker, asker_name, reason, state, decided_at, decided_by) SELECT tenant, id, 'm', '%s', 'user', '', %s FROM projects"
                .formatted(asker, decision);
    }

    private long seen(String table, String owner) throws SQLException {
        enter(owner);
        return count(tenant, "SELECT count(*) FROM " + table);
    }

    private void enter(String owner) throws SQLException {
        try (Statement sql = tenant.createStatement()) {
            sql.execute("SELECT set_config('app.tenant', '%s', true), set_config('app.owner', '%s', true)"
                    .formatted(Sample.tenant(1), owner));
        }
    }

    private int update(String statement) throws SQLException {
        try (Statement sql = tenant.createStatement()) {
            return sql.executeUpdate(statement);
        }
    }

    /** Refused by a policy, and the transaction goes on. */
    private void refused(String statement) throws SQLException {
        try (Statement sql = tenant.createStatement()) {
            sql.execute("SAVEPOINT before");
            assertThatThrownBy(() -> sql.execute(statement))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501"));
            sql.execute("ROLLBACK TO before");
        }
    }

    private List<String> lines(String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement sql = tenant.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private static long count(Connection connection, String query) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }
}
