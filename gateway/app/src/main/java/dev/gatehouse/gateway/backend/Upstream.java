package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Usage;

/** The far side of a {@link Pump}. */
public interface Upstream {

    /** Raises the cap of completion tokens; {@code last} ends the answer there. Called on the event loop. */
    void cap(long total, boolean last);

    /**
     * Stops generation and closes the connection; blocks, within bounds, on a story's thread.
     *
     * @param seen completion tokens that arrived
     */
    Usage stop(Cause why, long seen);

    /** Whether the work was sent, so that the upstream may have accepted it. */
    boolean asked();
}
