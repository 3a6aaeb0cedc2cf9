package dev.gatehouse.gateway.backend.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.Time;
import dev.gatehouse.gateway.database.OpenDatabase;
import dev.gatehouse.gateway.vocabulary.Act;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ModelsServed;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
final class PostgresNodeDirectoryTest {

    private static final Path PROTOCOL = Path.of("../../docs/node-protocol");

    private static final Instant NOW = Instant.parse("2020-02-02T00:00:00Z");

    private static TestDatabase database;
    private static OpenDatabase pools;

    private static NodeDirectory directory;

    private static final List<Object> EVENTS = new ArrayList<>();

    @BeforeAll
    static void create(@TempDir Path secrets) {
        database = TestDatabase.create();
        pools = OpenDatabase.on(database, secrets);
        directory = new PostgresNodeDirectory(pools.core(), new Time(NOW), EVENTS::add);
    }

    @AfterAll
    static void drop() {
        pools.close();
        database.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        change("DELETE FROM nodes");
        EVENTS.clear();
    }

    @Test
    void givesBackTheLastReportOfEachNode() {
        directory.heard(node("worker-1", Registration.State.LOADING));
        directory.heard(node("worker-2", Registration.State.DRAINING));
        directory.heard(node("worker-1", Registration.State.READY));

        assertThat(directory.all())
                .map(Heard::registration)
                .containsExactly(
                        node("worker-1", Registration.State.READY), node("worker-2", Registration.State.DRAINING));
    }

    @Test
    void tellsTimesByTheClockOfThisGateway() throws SQLException {
        directory.heard(node("worker-1", Registration.State.READY));
        change("UPDATE nodes SET heard_at = now() - interval '1 hour'");
        assertThat(directory.all().getFirst().at())
                .isBetween(NOW.minus(Duration.ofMinutes(61)), NOW.minus(Duration.ofHours(1)));
        directory.heard(node("worker-1", Registration.State.READY));
        assertThat(directory.all().getFirst().at()).isBetween(NOW.minus(Duration.ofMinutes(1)), NOW);
    }

    @Test
    void leavesOutNodesThatWereSilentForADay() throws SQLException {
        directory.heard(node("worker-1", Registration.State.READY));
        directory.heard(node("worker-2", Registration.State.READY));
        change("UPDATE nodes SET heard_at = now() - interval '25 hours' WHERE name = 'worker-1'");
        assertThat(directory.all()).map(heard -> heard.registration().name()).containsExactly(new NodeName("worker-2"));
    }

    @Test
    void tellsWhatTheNodeServes() {
        directory.heard(node("worker-1", Registration.State.READY));
        assertThat(EVENTS).contains(new ModelsServed(new NodeName("worker-1"), List.of(new ModelName("tiny-moe"))));
    }

    @Test
    void tellsOnceThatANodeComesIsLostAndReturns() throws SQLException {
        directory.heard(node("worker-1", Registration.State.READY));
        directory.heard(node("worker-1", Registration.State.READY));
        assertThat(directory.tellOfLost(Duration.ofSeconds(15))).isEmpty();
        change("UPDATE nodes SET heard_at = now() - interval '16 seconds'");

        assertThat(directory.tellOfLost(Duration.ofSeconds(15))).containsExactly(new NodeName("worker-1"));
        assertThat(directory.tellOfLost(Duration.ofSeconds(15))).isEmpty();
        directory.heard(node("worker-1", Registration.State.READY));
        directory.heard(node("worker-1", Registration.State.READY));

        assertThat(EVENTS)
                .filteredOn(Act.class::isInstance)
                .map(event -> ((Act) event).what())
                .containsExactly("node.joined", "node.lost", "node.returned");
        assertThat(EVENTS)
                .filteredOn(Act.class::isInstance)
                .map(event -> ((Act) event).target())
                .containsOnly(((Act) EVENTS.getFirst()).target());
    }

    @Test
    void storesReportsAsTheProtocolWritesThem() throws IOException, SQLException {
        directory.heard(node("worker-1", Registration.State.READY));
        JsonMapper json = JsonMapper.shared();
        String example = Files.readString(PROTOCOL.resolve("registration.json"));
        assertThat(json.readTree(text("SELECT registration FROM nodes"))).isEqualTo(json.readTree(example));
    }

    private static Registration node(String name, Registration.State state) {
        return new Registration(
                new NodeName(name),
                URI.create("http://127.0.0.1:41001"),
                "0.1.0",
                "dev",
                List.of(new Registration.Served(
                        new ModelName("tiny-moe"),
                        "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
                        256,
                        512)),
                16,
                4_096,
                state,
                new Registration.Load(1, 0, 120, 812.5));
    }

    private static void change(String sql) throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String text(String sql) throws SQLException {
        try (Connection all = database.superuser();
                Statement statement = all.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
