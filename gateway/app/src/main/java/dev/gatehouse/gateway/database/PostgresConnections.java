package dev.gatehouse.gateway.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens the connections of a role's pool. Once one was opened, a failure is tried again at an even pace until PostgreSQL is back: the
 * pauses of the pool itself double up to five seconds, and callers would wait for their end.
 */
final class PostgresConnections extends AbstractDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresConnections.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final PostgresLogins logins;
    private final String role;
    private volatile boolean reached;

    PostgresConnections(PostgresLogins logins, String role) {
        this.logins = logins;
        this.role = role;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (reached) {
            return openedInTheEnd();
        }
        Connection first = logins.connect(role);
        reached = true;
        return first;
    }

    /** The role is given. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    /** How long a login may take is a setting of the driver. */
    @Override
    public void setLoginTimeout(int seconds) {}

    private Connection openedInTheEnd() throws SQLException {
        for (boolean told = false; ; told = true) {
            try {
                Connection opened = logins.connect(role);
                if (told) {
                    LOG.info("PostgreSQL is reached again as {}", role);
                }
                return opened;
            } catch (SQLException away) {
                if (!told) {
                    LOG.warn(
                            "PostgreSQL cannot be reached as {}, trying again until it can: {}", role, away.toString());
                }
            }
            pause();
        }
    }

    /** Interrupted when the pool closes. */
    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("the pool was closed while PostgreSQL was away", e);
        }
    }
}
