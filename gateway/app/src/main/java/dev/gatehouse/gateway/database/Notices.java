package dev.gatehouse.gateway.database;

import java.util.function.Consumer;

/** What other gateways have to say at once (PostgreSQL's NOTIFY). */
public interface Notices {

    /**
     * Tells the listener every message on a channel from now on, one at a time; it must be quick. Messages that were sent while the
     * connection was broken are lost: when it is back, the listener is told an empty one.
     *
     * @param channel a lower-case SQL identifier
     */
    void subscribe(String channel, Consumer<String> listener);
}
