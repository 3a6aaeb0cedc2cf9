package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class TestDatabaseTest {

    @Test
    void keepsItsDataAndItsPortOverAStopAndAStart() throws SQLException {
        try (TestDatabase database = TestDatabase.onOwnServer()) {
            String url = database.url();
            try (Connection core = database.connect(Role.GH_CORE);
                    Statement statement = core.createStatement()) {
                statement.execute("INSERT INTO peppers (version, fingerprint) VALUES (1, 'f')");
                database.stop();
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> database.connect(Role.GH_CORE)).isInstanceOf(SQLException.class);
            }
            database.start();
            assertThat(database.url()).isEqualTo(url);
            try (Connection core = database.connect(Role.GH_CORE);
                    Statement statement = core.createStatement()) {
                assertThat(statement.executeUpdate("INSERT INTO peppers (version, fingerprint) VALUES (2, 'f')"))
                        .isOne();
                assertThat(statement
                                .executeQuery("SELECT 1 FROM peppers WHERE version = 1")
                                .next())
                        .isTrue();
            }
        }
    }

    @Test
    void refusesAWrongPassword() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.url(), "gh_core", "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void givesEachTestClassItsOwnDatabase() throws SQLException {
        try (TestDatabase one = TestDatabase.create();
                TestDatabase other = TestDatabase.create()) {
            try (Connection core = one.connect(Role.GH_CORE);
                    Statement statement = core.createStatement()) {
                statement.execute("INSERT INTO tenants (name) VALUES ('only in one')");
            }
            try (Connection core = other.connect(Role.GH_CORE);
                    Statement statement = core.createStatement()) {
                assertThat(statement.executeQuery("SELECT 1 FROM tenants").next())
                        .isFalse();
            }
        }
    }
}
