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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/** What the tables of limits and prices refuse by themselves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LimitsTest {

    private static final String TENANT = "'00000000-0000-7000-8000-000000000001'";

    private final TestDatabase database = TestDatabase.create();

    @BeforeAll
    void fill() throws SQLException {
        execute("INSERT INTO tenants (id, name) VALUES (" + TENANT + ", 'acme')");
    }

    @AfterAll
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "organisation, true, NULL, requests, 'minute', 1, whom",
                "tenant, false, NULL, requests, 'minute', 1, whom",
                "key, true, NULL, requests, 'minute', 1, whom",
                "tenant, true, NULL, streams, 'day', 1, streams_have_no_period",
                "tenant, true, NULL, requests, NULL, 1, streams_have_no_period",
                "tenant, true, NULL, charge, 'hour', 1, money_goes_by_the_calendar",
                "tenant, true, NULL, requests, 'hour', 2000000001, flows_are_countable",
                "tenant, true, NULL, requests, 'minute', 100000000001, flows_are_countable",
            })
    void aLimitThatMeansNothingIsRefused(
            String level, boolean owned, String subject, String what, String per, long amount, String constraint) {
        assertThatThrownBy(() -> execute(
                        "INSERT INTO limits (tenant, level, subject, what, per, amount) VALUES (%s, '%s', %s, '%s', %s, %d)"
                                .formatted(owned ? TENANT : "NULL", level, subject, what, per, amount)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(constraint);
    }

    @Test
    void twoLimitsOfTheSameThingAreRefused() throws SQLException {
        String limit = "INSERT INTO limits (tenant, level, what, per, amount) VALUES (" + TENANT
                + ", 'tenant', 'total_tokens', 'minute', 5)";
        execute(limit);
        assertThatThrownBy(() -> execute(limit)).hasMessageContaining("unique");
    }

    @Test
    void anOverrideThatAFlowCannotCountIsRefused() throws SQLException {
        execute("INSERT INTO limits (id, level, what, per, amount) VALUES (" + TENANT
                + ", 'organisation', 'requests', 'hour', 5)");
        assertThatThrownBy(() -> execute("INSERT INTO limit_overrides (limit_id, amount, valid_until) VALUES (" + TENANT
                        + ", 2000000001, now() + interval '1 day')"))
                .hasMessageContaining("at most 2000000000");
    }

    @Test
    void aTimeZoneThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> execute("UPDATE tenants SET time_zone = 'Europe/Atlantis'"))
                .hasMessageContaining("time zone");
    }

    @Test
    void everyChangeOfALimitIsTold() throws SQLException {
        try (Connection listener = database.connectDirectly(Role.GH_CORE);
                Statement listen = listener.createStatement()) {
            listen.execute("LISTEN limits");
            execute("UPDATE tenants SET time_zone = 'Europe/Berlin'");
            assertThat(listener.unwrap(PGConnection.class).getNotifications(10_000))
                    .hasSize(1);
        }
    }

    @Test
    void aPriceWithoutOneForThinkingIsReadAsSuch() throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("INSERT INTO models (id, name, owned_by) VALUES (" + TENANT + ", 'm', 'us')");
            statement.execute("INSERT INTO prices (model, output) VALUES (" + TENANT + ", 7)");
            try (ResultSet price = statement.executeQuery("SELECT coalesce(reasoning, output) FROM prices")) {
                assertThat(price.next()).isTrue();
                assertThat(price.getLong(1)).isEqualTo(7);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
