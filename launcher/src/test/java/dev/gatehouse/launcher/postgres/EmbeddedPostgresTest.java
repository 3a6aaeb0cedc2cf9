package dev.gatehouse.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.DatabaseRole;
import dev.gatehouse.launcher.data.Secrets;
import dev.gatehouse.launcher.process.ProcessStatus;
import dev.gatehouse.launcher.process.Running;
import dev.gatehouse.launcher.terminal.Narrator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedPostgresTest {
    private static final String VERSION = "18.6.0";

    @TempDir
    private Path directory;

    private DataDirectory data;
    private Secrets secrets;
    private final Narrator narrator = new Narrator(System.err);

    @BeforeEach
    void prepare() {
        data = new DataDirectory(directory);
        data.prepare();
        secrets = Secrets.open(data);
    }

    @AfterEach
    void end() {
        EmbeddedPostgres.end(data, narrator);
    }

    @Test
    void startsIsTakenOverSurvivesACrashAndStops() throws Exception {
        EmbeddedPostgres first = server(VERSION);
        Running running = first.start();
        for (DatabaseRole role : DatabaseRole.values()) {
            assertThat(currentUser(first, role)).isEqualTo(role.role());
        }
        assertThat(ProcessStatus.of(data, "postgres"))
                .isEqualTo(new ProcessStatus(
                        "postgres", running.handle().pid(), ProcessStatus.State.RUNNING, first.url()));

        EmbeddedPostgres second = server(VERSION);
        assertThat(second.start().handle()).isEqualTo(running.handle());
        assertThat(second.url()).isEqualTo(first.url());

        running.handle().destroyForcibly();
        running.handle().onExit().get(10, TimeUnit.SECONDS);
        assertThat(ProcessStatus.of(data, "postgres").state()).isEqualTo(ProcessStatus.State.DEAD);
        Running restarted = second.start();
        assertThat(restarted.handle()).isNotEqualTo(running.handle());
        assertThat(second.url()).isEqualTo(first.url());
        assertThat(currentUser(second, DatabaseRole.CORE)).isEqualTo("gh_core");

        second.stop(restarted);
        restarted.handle().onExit().get(30, TimeUnit.SECONDS);
        assertThat(data.postgres().resolve("data/postmaster.pid")).doesNotExist();
    }

    private EmbeddedPostgres server(String version) {
        return new EmbeddedPostgres(data, secrets, version, narrator);
    }

    private String currentUser(EmbeddedPostgres server, DatabaseRole role) throws SQLException {
        try (Connection connection = Roles.connect(server.url(), secrets, role);
                ResultSet row = connection.createStatement().executeQuery("select current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
