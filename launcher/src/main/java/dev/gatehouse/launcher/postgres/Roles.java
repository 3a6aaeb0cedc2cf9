package dev.gatehouse.launcher.postgres;

import dev.gatehouse.launcher.data.DatabaseRole;
import dev.gatehouse.launcher.data.Secrets;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;

/** Brings the roles and the database to what the gateway expects; changes nothing that is right already. */
final class Roles {
    static final String DATABASE = "gatehouse";

    /** Makes roles and the database, and is not used by the gateway: row-level security does not hold for it. */
    static final String SUPERUSER = "postgres";

    private static final String WRONG_PASSWORD = "28P01";

    private Roles() {}

    /** Connects to {@code url} as the superuser; passwords are those of the secret files. */
    static void ensure(String url, Secrets secrets) {
        try (Connection connection = connect(url, SUPERUSER, secrets.superuserPassword())) {
            for (DatabaseRole role : DatabaseRole.values()) {
                ensureRole(connection, role, secrets.password(role));
            }
            ensureDatabase(connection);
        } catch (SQLException refused) {
            throw explained(refused, secrets);
        }
    }

    static Connection connect(String url, Secrets secrets, DatabaseRole role) throws SQLException {
        return connect(url, role.role(), secrets.password(role));
    }

    private static Connection connect(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(url, properties);
    }

    private static void ensureRole(Connection connection, DatabaseRole role, String password) throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", role.role())) {
            execute(connection, "create role " + role.role() + " login");
        }
        connection.unwrap(PGConnection.class).alterUserPassword(role.role(), password.toCharArray(), "scram-sha-256");
    }

    private static void ensureDatabase(Connection connection) throws SQLException {
        if (!exists(connection, "select 1 from pg_database where datname = ?", DATABASE)) {
            execute(connection, "create database " + DATABASE + " owner owner");
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static Failure explained(SQLException refused, Secrets secrets) {
        if (WRONG_PASSWORD.equals(refused.getSQLState())) {
            return new Failure(
                    Exit.DENIED,
                    "PostgreSQL refuses the password in %s: that file does not belong to this DATA, restore the one that does"
                            .formatted(secrets.superuser()));
        }
        return new Failure(Exit.FAULT, "PostgreSQL refused to prepare its roles: " + refused.getMessage());
    }
}
