package dev.gatehouse.gateway.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.db.Pooled;
import dev.gatehouse.db.Role;
import dev.gatehouse.db.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

@Pooled
@Timeout(60)
final class PostgresNoticesTest {

    private static TestDatabase database;
    private static ConfigurableApplicationContext gateway;
    private static Notices notices;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start(@TempDir Path secrets) {
        database = TestDatabase.create();
        database.writeSecrets(secrets);
        gateway = DatabaseStart.on(database, secrets);
        notices = gateway.getBean(Notices.class);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        database.close();
    }

    @Test
    void tellsToReadEverythingFirstAndThenWhatOthersSay() throws Exception {
        notices.subscribe("first", heard::add);
        assertThat(next()).isEqualTo(Notices.EVERYTHING);
        say("first", "one");
        say("other", "not for us");
        say("first", "two");
        assertThat(next()).isEqualTo("one");
        assertThat(next()).isEqualTo("two");
    }

    @Test
    void tellsASecondListenerOfAChannelToReadEverythingToo() throws Exception {
        notices.subscribe("second", heard::add);
        assertThat(next()).isEqualTo(Notices.EVERYTHING);
        BlockingQueue<String> late = new LinkedBlockingQueue<>();
        notices.subscribe("second", late::add);
        assertThat(late.poll(10, TimeUnit.SECONDS)).isEqualTo(Notices.EVERYTHING);
    }

    @Test
    void tellsToReadEverythingAgainAfterTheSessionWasLost() throws Exception {
        notices.subscribe("third", heard::add);
        assertThat(next()).isEqualTo(Notices.EVERYTHING);
        endSessions();
        assertThat(next()).isEqualTo(Notices.EVERYTHING);
        say("third", "after");
        assertThat(next()).isEqualTo("after");
    }

    @Test
    void survivesAListenerThatFails() throws Exception {
        notices.subscribe("fourth", payload -> {
            throw new IllegalStateException("a drill");
        });
        notices.subscribe("fourth", heard::add);
        assertThat(next()).isEqualTo(Notices.EVERYTHING);
    }

    @Test
    void refusesAChannelThatIsNoName() {
        assertThatThrownBy(() -> notices.subscribe("x; DROP TABLE keys", heard::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String next() throws InterruptedException {
        String payload = heard.poll(20, TimeUnit.SECONDS);
        assertThat(payload).as("a notice").isNotNull();
        return payload;
    }

    private static void say(String channel, String payload) throws SQLException {
        run(database.connect(Role.GH_CORE), "SELECT pg_notify('" + channel + "', '" + payload + "')");
    }

    private static void endSessions() throws SQLException {
        run(database.superuser(), """
                SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
