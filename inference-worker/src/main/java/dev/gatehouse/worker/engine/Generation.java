package dev.gatehouse.worker.engine;

import java.util.concurrent.CompletableFuture;

/** A request that was accepted. Thread-safe. */
public interface Generation {

    /**
     * Raises the cap of completion tokens, those of all choices; a lower one changes nothing.
     *
     * @param last the generation ends with {@code LENGTH} at this cap instead of pausing
     * @return the cap in force
     */
    long cap(long total, boolean last);

    /** Stops at the next step, also while queued or in prefill; the output then gets {@code end} with {@code CANCELLED}, unless it had ended before. */
    CompletableFuture<End> cancel();
}
