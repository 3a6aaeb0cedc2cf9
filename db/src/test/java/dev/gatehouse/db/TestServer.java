package dev.gatehouse.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server with the four roles and a migrated template database. */
abstract sealed class TestServer implements AutoCloseable permits ContainerServer, EmbeddedServer {

    static final String SUPERUSER = "postgres";
    static final String SUPERUSER_PASSWORD = "secret of postgres";
    private static final String TEMPLATE = "gatehouse_template";

    private @Nullable PgBouncer pooler;

    private static final class Shared {
        static final TestServer INSTANCE = launch();
    }

    /** The one that all test classes of this JVM share. */
    static TestServer shared() {
        return Shared.INSTANCE;
    }

    /** A server of its own; ends with the JVM if not before. */
    static TestServer launch() {
        TestServer server = ContainerServer.available() ? new ContainerServer() : new EmbeddedServer();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "test-postgres-stop"));
        try {
            server.createRoles();
            server.createTemplate();
            return server;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw new IllegalStateException("a fresh PostgreSQL could not be prepared for tests", e);
        }
    }

    abstract int port();

    abstract void stop();

    abstract void start();

    /** Ends the server for good. */
    abstract void end();

    @Override
    public final synchronized void close() {
        if (pooler != null) {
            pooler.close();
            pooler = null;
        }
        end();
    }

    final String url(String database) {
        return url(port(), database);
    }

    final String pooledUrl(String database) {
        return url(pooler().port(), database);
    }

    final Connection connect(String database, Role role) throws SQLException {
        return DriverManager.getConnection(url(database), role.login(), role.password());
    }

    final Connection connectPooled(String database, Role role) throws SQLException {
        return DriverManager.getConnection(pooledUrl(database) + "?prepareThreshold=0", role.login(), role.password());
    }

    final Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, SUPERUSER_PASSWORD);
    }

    /** A new database; migrated unless {@code empty}. */
    final void create(String database, boolean empty) throws SQLException {
        execute("CREATE DATABASE " + database + " OWNER owner" + (empty ? "" : " TEMPLATE " + TEMPLATE));
    }

    final void drop(String database) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    private synchronized PgBouncer pooler() {
        if (pooler == null) {
            pooler = PgBouncer.before(
                    port(), Arrays.stream(Role.values()).collect(Collectors.toMap(Role::login, Role::password)));
        }
        return pooler;
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private void createRoles() throws SQLException {
        for (Role role : Role.values()) {
            execute("CREATE ROLE " + role.login() + " LOGIN PASSWORD '" + role.password() + "'");
        }
    }

    final void migrate(String database) {
        Flyway.configure()
                .dataSource(url(database), Role.OWNER.login(), Role.OWNER.password())
                .load()
                .migrate();
    }

    private void createTemplate() throws SQLException {
        create(TEMPLATE, true);
        migrate(TEMPLATE);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = superuser(SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
