package dev.gatehouse.launcher.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.launcher.data.AtomicFile;
import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.DatabaseRole;
import dev.gatehouse.launcher.data.Secrets;
import dev.gatehouse.launcher.process.ProcessStatus;
import dev.gatehouse.launcher.process.ProcessStatus.State;
import dev.gatehouse.launcher.process.Running;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One real PostgreSQL, started and ended by each test. */
@Timeout(120)
class EmbeddedPostgresTest {
    private static final String VERSION = "18.6.0";
    private static final Narrator NARRATOR = new Narrator(System.err);

    @TempDir
    private static Path directory;

    private static DataDirectory data;
    private static Secrets secrets;

    @BeforeAll
    static void prepare() {
        data = new DataDirectory(directory);
        data.prepare();
        secrets = Secrets.open(data);
    }

    @AfterEach
    void end() {
        EmbeddedPostgres.end(data, NARRATOR);
        assertThat(status().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void letsAllFourRolesInAndStops() throws Exception {
        EmbeddedPostgres server = server(VERSION);
        Running running = server.start();
        for (DatabaseRole role : DatabaseRole.values()) {
            assertThat(currentUser(server, role)).isEqualTo(role.role());
        }
        ExternalPostgres.require(server.url(), secrets);
        assertThat(status())
                .isEqualTo(new ProcessStatus("postgres", running.handle().pid(), State.RUNNING, server.url()));

        server.stop(running);
        running.handle().onExit().get(30, TimeUnit.SECONDS);
        assertThat(Postmaster.file(data.postgres().resolve("data"))).doesNotExist();
    }

    @Test
    void isTakenOverAndSurvivesACrashOnItsPort() throws Exception {
        EmbeddedPostgres first = server(VERSION);
        Running running = first.start();
        EmbeddedPostgres second = server(VERSION);
        assertThat(second.start().handle()).isEqualTo(running.handle());
        assertThat(second.url()).isEqualTo(first.url());

        running.handle().destroyForcibly();
        running.handle().onExit().get(10, TimeUnit.SECONDS);
        assertThat(status().state()).isEqualTo(State.DEAD);
        assertThat(second.start().handle()).isNotEqualTo(running.handle());
        assertThat(second.url()).isEqualTo(first.url());
        assertThat(currentUser(second, DatabaseRole.CORE)).isEqualTo("gh_core");
    }

    @Test
    void endsTheServerOfAnotherVersionAndStartsItsOwn() throws Exception {
        Running older = server(VERSION).start();
        Path binaries = data.postgres().resolve("bin-" + VERSION);
        Process copy = new ProcessBuilder(
                        "cp",
                        "-R",
                        binaries.toString(),
                        data.postgres().resolve("bin-18.99.0").toString())
                .start();
        assertThat(copy.waitFor()).isZero();
        Running newer = server("18.99.0").start();
        assertThat(older.handle().isAlive()).isFalse();
        assertThat(newer.handle().info().command().orElseThrow()).contains("bin-18.99.0");
    }

    @Test
    void startsAlthoughAStrangerHasTheProcessIdOfADeadServer() throws Exception {
        server(VERSION).start();
        EmbeddedPostgres.end(data, NARRATOR);
        long stranger = ProcessHandle.current().pid();
        Files.writeString(
                Postmaster.file(data.postgres().resolve("data")),
                "%d\n%s\n1700000000\n5432\n\n127.0.0.1\n"
                        .formatted(stranger, data.postgres().resolve("data")));
        Running running = server(VERSION).start();
        assertThat(running.handle().pid()).isNotEqualTo(stranger);
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void saysWhichPasswordItRefuses() throws Exception {
        server(VERSION).start();
        Path file = data.secrets().resolve("postgres/superuser");
        String right = Files.readString(file);
        AtomicFile.write(file, "wrong");
        try {
            assertThatThrownBy(() -> server(VERSION).start())
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.DENIED))
                    .hasMessageContaining(file.toString());
        } finally {
            AtomicFile.write(file, right);
        }
    }

    @Test
    void refusesFilesOfAnotherMajorVersion() throws Exception {
        server(VERSION).start();
        EmbeddedPostgres.end(data, NARRATOR);
        Path version = data.postgres().resolve("data/PG_VERSION");
        Files.writeString(version, "17\n");
        try {
            assertThatThrownBy(() -> server(VERSION).start())
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("was written by PostgreSQL 17");
        } finally {
            Files.writeString(version, "18\n");
        }
    }

    private static EmbeddedPostgres server(String version) {
        return new EmbeddedPostgres(data, secrets, version, NARRATOR);
    }

    private static ProcessStatus status() {
        return ProcessStatus.of(data, "postgres");
    }

    private static String currentUser(EmbeddedPostgres server, DatabaseRole role) throws SQLException {
        try (Connection connection = Roles.connect(server.url(), secrets, role);
                ResultSet row = connection.createStatement().executeQuery("select current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
