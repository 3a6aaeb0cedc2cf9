package dev.gatehouse.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database for one test class, with the whole schema: on Testcontainers where {@code docker info} answers, else on the embedded
 * binaries. A server is prepared once a JVM; a database is a copy of its template.
 *
 * <p>With the system property {@code gatehouse.test.pooled=true} it is reached through PgBouncer, as {@link Pooled} says.
 */
public final class TestDatabase implements AutoCloseable {

    /** Whether this run of the tests goes through PgBouncer. */
    static final boolean POOLED = Boolean.getBoolean("gatehouse.test.pooled");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestServer server;
    private final boolean ownServer;
    private final String name = "test_" + COUNT.incrementAndGet();

    private TestDatabase(TestServer server, boolean ownServer, boolean empty) {
        this.server = server;
        this.ownServer = ownServer;
        try {
            server.create(name, empty);
        } catch (SQLException e) {
            throw new IllegalStateException("the test's database could not be created", e);
        }
    }

    /** A migrated database on the server that all tests of this JVM share. */
    public static TestDatabase create() {
        return new TestDatabase(TestServer.shared(), false, false);
    }

    /** A database without tables, on the shared server. */
    public static TestDatabase createEmpty() {
        return new TestDatabase(TestServer.shared(), false, true);
    }

    /** A migrated database on a server of its own, which may be stopped and started; takes some seconds. */
    public static TestDatabase onOwnServer() {
        return new TestDatabase(TestServer.launch(), true, false);
    }

    /** Applies the migrations that are missing. */
    public void migrate() {
        server.migrate(name);
    }

    /** JDBC URL of the server itself, without user and password. */
    public String url() {
        return server.url(name);
    }

    /** JDBC URL of the PgBouncer before the server, which starts with the first call. */
    public String pooledUrl() {
        return server.pooledUrl(name);
    }

    /** The gateway's settings that lead it here, as arguments of its command line. */
    public List<String> settings() {
        return POOLED ? pooledSettings() : List.of("--gatehouse.database.url=" + url());
    }

    /** The gateway's settings that lead it here through PgBouncer. */
    public List<String> pooledSettings() {
        return List.of(
                "--gatehouse.database.url=" + pooledUrl(),
                "--gatehouse.database.pooled=true",
                "--gatehouse.database.direct-url=" + url());
    }

    /** A connection as the gateway's are: without a session of its own where there is a PgBouncer. */
    public Connection connect(Role role) throws SQLException {
        return POOLED ? server.connectPooled(name, role) : connectDirectly(role);
    }

    /** A connection that keeps its session. */
    public Connection connectDirectly(Role role) throws SQLException {
        return server.connect(name, role);
    }

    /** A connection to which no grant and no row-level security applies: to prepare and to look after. */
    public Connection superuser() throws SQLException {
        return server.superuser(name);
    }

    /** Writes the four passwords as the gateway's secrets directory holds them. */
    public void writeSecrets(Path directory) {
        try {
            for (Role role : Role.values()) {
                Files.writeString(directory.resolve(role.secretFile()), role.password());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server; its connections break. */
    public void stop() {
        requireOwnServer();
        server.stop();
    }

    /** Starts the server again, on the same port with the same data. */
    public void start() {
        requireOwnServer();
        server.start();
    }

    @Override
    public void close() {
        if (ownServer) {
            server.close();
            return;
        }
        try {
            server.drop(name);
        } catch (SQLException e) {
            throw new IllegalStateException("the test's database could not be dropped", e);
        }
    }

    private void requireOwnServer() {
        if (!ownServer) {
            throw new IllegalStateException("the server is shared with other tests: take TestDatabase.onOwnServer()");
        }
    }
}
