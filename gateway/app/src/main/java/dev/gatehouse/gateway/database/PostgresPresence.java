package dev.gatehouse.gateway.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway's own session: it holds the advisory lock of the start id, which tells other gateways that this one lives, and hears
 * notices. When the session breaks, it is opened again, with growing pauses, for as long as the gateway runs.
 */
final class PostgresPresence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPresence.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int ANSWER_SECONDS = 2;

    private final Instance instance;
    private final PostgresLogins logins;
    private final PostgresNotices notices;
    private final Thread watch;
    private Connection session;

    private PostgresPresence(Instance instance, PostgresLogins logins, PostgresNotices notices, Connection session) {
        this.instance = instance;
        this.logins = logins;
        this.notices = notices;
        this.session = session;
        this.watch = Thread.ofVirtual().name("presence").unstarted(this::watch);
    }

    /** Announces the instance; fails when PostgreSQL is not there. */
    static PostgresPresence announce(Instance instance, PostgresLogins logins, PostgresNotices notices)
            throws SQLException {
        Connection session = open(instance, logins);
        if (session == null) {
            throw new SQLException("another gateway holds the lock of start id " + instance.startId());
        }
        PostgresPresence presence = new PostgresPresence(instance, logins, notices, session);
        presence.watch.start();
        return presence;
    }

    @Override
    public void close() {
        watch.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                if (!hears() || !session.isValid(ANSWER_SECONDS)) {
                    LOG.warn("the session that shows that {} lives is lost; opening another", instance.name());
                    renew();
                    LOG.info("{} shows again that it lives", instance.name());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends", instance.name());
        } catch (SQLException e) {
            throw new IllegalStateException("isValid throws only for a negative time", e);
        } finally {
            release(session);
        }
    }

    private void renew() throws InterruptedException {
        release(session);
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try {
                Connection opened = open(instance, logins);
                if (opened != null) {
                    session = opened;
                    return;
                }
            } catch (SQLException e) {
                LOG.debug("PostgreSQL is still away: {}", e.getMessage());
            }
            Thread.sleep(pause);
        }
    }

    /** Waits a while for notices; false when the session is lost. */
    private boolean hears() throws InterruptedException {
        try {
            notices.hear(session, LOOK_EVERY);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return true;
        } catch (SQLException e) {
            LOG.debug("no notices can be heard: {}", e.getMessage());
            return false;
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    /** Null while the server has not yet noticed that an earlier session is gone. */
    private static @Nullable Connection open(Instance instance, PostgresLogins logins) throws SQLException {
        Connection session = logins.connectDirectly(PostgresLogins.CORE);
        try {
            if (locks(session, instance.startId())) {
                register(session, instance);
                return session;
            }
            release(session);
            return null;
        } catch (SQLException e) {
            release(session);
            throw e;
        }
    }

    private static boolean locks(Connection session, long startId) throws SQLException {
        try (PreparedStatement lock = session.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            lock.setLong(1, startId);
            try (ResultSet answer = lock.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    /** A gateway that was away so long that it was taken for dead is opened again. */
    private static void register(Connection session, Instance instance) throws SQLException {
        try (PreparedStatement start = session.prepareStatement(
                "INSERT INTO gateways (start_id, name) VALUES (?, ?) ON CONFLICT (start_id) DO UPDATE SET closed_at = NULL")) {
            start.setLong(1, instance.startId());
            start.setString(2, instance.name());
            start.executeUpdate();
        }
    }

    private static void release(Connection session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug("a broken session did not close: {}", e.getMessage());
        }
    }
}
