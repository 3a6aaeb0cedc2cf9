package dev.gatehouse.launcher.postgres;

import dev.gatehouse.launcher.data.DatabaseRole;
import dev.gatehouse.launcher.data.Secrets;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A PostgreSQL that somebody else runs. */
public final class ExternalPostgres {
    private ExternalPostgres() {}

    /**
     * Makes sure that all four roles can sign in at {@code url} with the passwords of the secret files.
     *
     * @throws Failure saying what to run there
     */
    public static void require(String url, Secrets secrets) {
        for (DatabaseRole role : DatabaseRole.values()) {
            try (Connection connection = Roles.connect(url, secrets, role)) {
                requireVersion(url, connection);
            } catch (SQLException refused) {
                throw new Failure(Exit.NOT_READY, explained(url, secrets, role, refused));
            }
        }
    }

    private static void requireVersion(String url, Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseMajorVersion() < 18) {
            throw new Failure(
                    Exit.NOT_READY,
                    "%s is PostgreSQL %s: name a PostgreSQL 18 with --database-url"
                            .formatted(url, connection.getMetaData().getDatabaseProductVersion()));
        }
    }

    private static String explained(String url, Secrets secrets, DatabaseRole role, SQLException refused) {
        String roles = Arrays.stream(DatabaseRole.values())
                .map(each -> "  create role %s login password '(what %s holds)';"
                        .formatted(each.role(), secrets.gateway().resolve(each.secret())))
                .collect(Collectors.joining("\n"));
        return "%s cannot sign in at %s: %s%nRun there once, as a superuser, and then ./gatehouse up again:%n%s%n  create database %s owner owner;"
                .formatted(role.role(), url, refused.getMessage(), roles, Roles.DATABASE);
    }
}
