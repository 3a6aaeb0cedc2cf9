package dev.gatehouse.gateway.database;

import java.util.function.Consumer;

/** Hears what other gateways say through PostgreSQL (NOTIFY). */
public interface Notices {

    /** The payload that says: anything may have changed, read everything again. */
    String EVERYTHING = "";

    /**
     * Hears a channel from now on. The listener is told {@link #EVERYTHING} when it begins to hear, within a second, and again whenever
     * notices may have been missed because the session was lost.
     *
     * @param channel a PostgreSQL identifier of lower-case letters and underscores
     * @param listener is told each payload, in order, on a thread that all listeners share: it must not block
     */
    void subscribe(String channel, Consumer<String> listener);
}
