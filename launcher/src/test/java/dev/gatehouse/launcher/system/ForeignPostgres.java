package dev.gatehouse.launcher.system;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.DatabaseRole;
import dev.gatehouse.launcher.data.Secrets;
import dev.gatehouse.launcher.postgres.EmbeddedPostgres;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A PostgreSQL with the roles and the database, which nobody starts again when it is stopped. */
final class ForeignPostgres implements AutoCloseable {

    private static final String VERSION = Objects.requireNonNull(System.getProperty("gatehouse.postgres.version"));

    private final DataDirectory data;
    private final Secrets secrets;
    private final Narrator narrator = new Narrator(System.err);
    private final EmbeddedPostgres postgres;

    private ForeignPostgres(DataDirectory data) throws IOException {
        this.data = data;
        data.prepare();
        this.secrets = Secrets.open(data);
        this.postgres = new EmbeddedPostgres(data, secrets, VERSION, narrator);
        postgres.start();
    }

    static ForeignPostgres start() throws IOException {
        return new ForeignPostgres(new DataDirectory(Files.createTempDirectory("gatehouse-postgres-")));
    }

    /** JDBC URL. */
    String url() {
        return postgres.url();
    }

    int port() {
        return Integer.parseInt(url().replaceAll(".*:(\\d+)/.*", "$1"));
    }

    Database database() {
        return new Database(data);
    }

    /** The passwords of the roles, by their names. */
    Map<String, String> passwords() {
        return Arrays.stream(DatabaseRole.values()).collect(Collectors.toMap(DatabaseRole::role, secrets::password));
    }

    /** Gives an installation the passwords, and all other secrets. */
    void lendSecrets(DataDirectory other) throws IOException {
        try (Stream<Path> all = Files.walk(data.secrets())) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Path copy = other.secrets().resolve(data.secrets().relativize(file));
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Ends its sessions and itself, as an administrator does; connections are refused from then on. */
    void stop() {
        EmbeddedPostgres.end(data, narrator);
    }

    /** Starts it again, on the same port with the same data. */
    void startAgain() throws IOException {
        postgres.start();
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> all = Files.walk(data.root())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
