package dev.gatehouse.gateway.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening half of a gateway's own session; whoever keeps the session calls {@link #hear} again and again, on one thread. */
final class PostgresNotices implements Notices {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresNotices.class);

    /** How soon, at the latest, a new subscription is heard. */
    private static final Duration TURN = Duration.ofMillis(200);

    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final Set<String> fresh = ConcurrentHashMap.newKeySet();
    private final Set<String> heard = new HashSet<>();
    private @Nullable Connection session;

    @Override
    public void subscribe(String channel, Consumer<String> listener) {
        if (!channel.matches("[a-z_]{1,63}")) {
            throw new IllegalArgumentException("a channel's name has 1 to 63 letters a-z and underscores: " + channel);
        }
        listeners
                .computeIfAbsent(channel, any -> new CopyOnWriteArrayList<>())
                .add(told -> tell(channel, listener, told));
        fresh.add(channel);
    }

    /**
     * Tells listeners what comes within {@code time}.
     *
     * @throws SQLException when the session is lost
     */
    void hear(Connection current, Duration time) throws SQLException {
        if (current != session) {
            session = current;
            heard.clear();
        }
        for (long left = time.toMillis(); left > 0; left -= TURN.toMillis()) {
            listen(current);
            PGNotification[] told = current.unwrap(PGConnection.class).getNotifications((int) TURN.toMillis());
            for (PGNotification one : told == null ? new PGNotification[0] : told) {
                tell(one.getName(), one.getParameter());
            }
        }
    }

    /** Whoever subscribed before LISTEN took effect may have missed something. */
    private void listen(Connection current) throws SQLException {
        for (Map.Entry<String, List<Consumer<String>>> channel : listeners.entrySet()) {
            if (fresh.remove(channel.getKey()) | heard.add(channel.getKey())) {
                try (Statement listen = current.createStatement()) {
                    listen.execute("LISTEN " + channel.getKey());
                }
                tell(channel.getKey(), EVERYTHING);
            }
        }
    }

    private void tell(String channel, String payload) {
        listeners.getOrDefault(channel, List.of()).forEach(listener -> listener.accept(payload));
    }

    /** A listener that fails must not end the session that the others need. */
    private static void tell(String channel, Consumer<String> listener, String payload) {
        try {
            listener.accept(payload);
        } catch (RuntimeException e) {
            LOG.error("a listener of {} failed", channel, e);
        }
    }
}
