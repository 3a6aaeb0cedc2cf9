package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

final class MigrationTest {

    @Test
    void changesNothingWhenRunAgain() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThatCode(database::migrate).doesNotThrowAnyException();
        }
    }

    @Test
    void keepsTheSecretsOfKeysThatWereMadeBeforeTheyHadATableOfTheirOwn() throws SQLException {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            Flyway.configure()
                    .dataSource(database.url(), Role.OWNER.login(), Role.OWNER.password())
                    .target("202611241020")
                    .load()
                    .migrate();
            asSuperuser(database, """
                    WITH tenant AS (INSERT INTO tenants (name) VALUES ('t') RETURNING id),
                    project AS (INSERT INTO projects (tenant, name) SELECT id, 'p' FROM tenant RETURNING tenant, id),
                    pepper AS (INSERT INTO peppers (version, fingerprint) VALUES (3, 'f') RETURNING version)
                    INSERT INTO keys (tenant, project, name, prefix, hmac, pepper_version)
                    SELECT tenant, project.id, 'k', 'gh_live_abcd', sha256('x'), version FROM project, pepper""");
            database.migrate();
            try (Connection connection = database.superuser();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            SELECT count(*) FROM key_secrets s JOIN keys k ON k.id = s.key AND k.tenant = s.tenant
                            WHERE s.prefix = 'gh_live_abcd' AND s.hmac = sha256('x') AND s.pepper_version = 3
                              AND s.expires_at IS NULL AND s.created_at = k.created_at""")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isOne();
            }
        }
    }

    @Test
    void namesARoleThatIsMissingAndWhatToDo() throws SQLException {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            asSuperuser(database, "ALTER ROLE gh_core RENAME TO gone");
            try {
                assertThatThrownBy(database::migrate)
                        .hasMessageContaining("the role gh_core is missing: create it as a superuser");
            } finally {
                asSuperuser(database, "ALTER ROLE gone RENAME TO gh_core");
            }
        }
    }

    @Test
    void refusesARoleThatPassesOverRowLevelSecurity() throws SQLException {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            asSuperuser(database, "ALTER ROLE gh_tenant BYPASSRLS");
            try {
                assertThatThrownBy(database::migrate)
                        .hasMessageContaining("the role gh_tenant passes over row-level security");
            } finally {
                asSuperuser(database, "ALTER ROLE gh_tenant NOBYPASSRLS");
            }
        }
    }

    private static void asSuperuser(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
