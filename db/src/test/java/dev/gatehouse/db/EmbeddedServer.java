package dev.gatehouse.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** PostgreSQL from the embedded binaries; its files lie in a temporary directory. */
final class EmbeddedServer extends TestServer {

    private static final String PASSWORDS_FOR_ALL = "host all all 127.0.0.1/32 scram-sha-256\n";

    private final Path directory;
    private EmbeddedPostgres postgres;

    EmbeddedServer() {
        try {
            directory = Files.createTempDirectory("gatehouse-postgres");
            postgres = run(0);
            requirePasswords();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the embedded PostgreSQL did not start", e);
        }
    }

    @Override
    int port() {
        return postgres.getPort();
    }

    @Override
    void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not stop", e);
        }
    }

    @Override
    void start() {
        try {
            postgres = run(postgres.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL did not start again", e);
        }
    }

    @Override
    void end() {
        stop();
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the files of the embedded PostgreSQL could not be removed", e);
        }
    }

    private EmbeddedPostgres run(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setRegisterShutdownHook(false)
                .setConnectConfig("password", SUPERUSER_PASSWORD)
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** The binaries' initdb trusts everyone; a role with a wrong password must fail in tests as it does elsewhere. */
    private void requirePasswords() throws IOException, SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + SUPERUSER + " PASSWORD '" + SUPERUSER_PASSWORD + "'");
            Files.writeString(directory.resolve("data/pg_hba.conf"), PASSWORDS_FOR_ALL);
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
