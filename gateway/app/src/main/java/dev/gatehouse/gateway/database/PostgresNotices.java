package dev.gatehouse.gateway.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on a connection of its own, past any pooler, which is opened again whenever it breaks. */
final class PostgresNotices implements Notices, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresNotices.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z_]*");

    private final PostgresLogins logins;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final Thread thread;

    private PostgresNotices(PostgresLogins logins) {
        this.logins = logins;
        this.thread = Thread.ofVirtual().name("notices").unstarted(this::untilClosed);
    }

    static PostgresNotices listening(PostgresLogins logins) {
        PostgresNotices notices = new PostgresNotices(logins);
        notices.thread.start();
        return notices;
    }

    @Override
    public void subscribe(String channel, Consumer<String> listener) {
        if (!IDENTIFIER.matcher(channel).matches()) {
            throw new IllegalArgumentException("a channel is a lower-case identifier, not " + channel);
        }
        listeners.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void untilClosed() {
        try {
            while (true) {
                listen();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("No more notices are taken");
        }
    }

    private void listen() throws InterruptedException {
        try (Connection session = logins.connectDirectly(PostgresLogins.CORE)) {
            int known = 0;
            while (true) {
                known = listenTo(session, known);
                PGNotification[] told =
                        session.unwrap(PGConnection.class).getNotifications((int) LOOK_EVERY.toMillis());
                for (PGNotification one : told == null ? new PGNotification[0] : told) {
                    tell(one.getName(), one.getParameter());
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } catch (SQLException away) {
            LOG.debug("The connection for notices is lost: {}", away.getMessage());
        }
    }

    /** Channels that were subscribed to since the last look; a new session begins with all of them. */
    private int listenTo(Connection session, int known) throws SQLException {
        List<String> channels = List.copyOf(listeners.keySet());
        if (channels.size() == known) {
            return known;
        }
        try (Statement statement = session.createStatement()) {
            for (String channel : channels) {
                statement.execute("LISTEN " + channel);
            }
        }
        channels.forEach(channel -> tell(channel, ""));
        return channels.size();
    }

    private void tell(String channel, String message) {
        for (Consumer<String> listener : listeners.getOrDefault(channel, List.of())) {
            try {
                listener.accept(message);
            } catch (RuntimeException failed) {
                LOG.warn("A notice on {} was not taken", channel, failed);
            }
        }
    }
}
