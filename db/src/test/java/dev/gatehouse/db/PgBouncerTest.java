package dev.gatehouse.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** That what runs through PgBouncer really does. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PgBouncerTest {

    private final TestDatabase database = TestDatabase.create();

    @BeforeAll
    void require() {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed here");
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void givesOneClientManySessions() throws SQLException {
        Set<Integer> sessions = new HashSet<>();
        try (Connection client = pooled(Role.GH_CORE.password());
                Statement statement = client.createStatement()) {
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (sessions.size() < 3 && System.nanoTime() < deadline) {
                try (ResultSet answer = statement.executeQuery("SELECT pg_backend_pid()")) {
                    assertThat(answer.next()).isTrue();
                    sessions.add(answer.getInt(1));
                }
            }
        }
        assertThat(sessions).hasSize(3);
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> pooled("wrong")).isInstanceOf(SQLException.class);
    }

    private Connection pooled(String password) throws SQLException {
        return DriverManager.getConnection(
                database.pooledUrl() + "?prepareThreshold=0", Role.GH_CORE.login(), password);
    }
}
