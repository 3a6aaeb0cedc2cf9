package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class MigrationTest {

    @Test
    void changesNothingWhenRunAgain() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThatCode(database::migrate).doesNotThrowAnyException();
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
