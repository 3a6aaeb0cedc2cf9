package dev.gatehouse.worker.engine;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A loaded model that answers chat requests, many at a time. Thread-safe. */
public interface Engine extends AutoCloseable {

    Model model();

    Load load();

    Activity activity();

    /** What the engine's thread is at; empty while it has nothing to do. */
    Optional<Turn> turn();

    /** Empty if it counts none. */
    Optional<ExpertPicks> experts();

    /**
     * Queues a request; never blocks on generation.
     *
     * @param output called on the engine's thread, in order; must not block
     * @throws RefusedException the request can not be answered here: its text says what to change
     */
    Generation submit(GenerationRequest request, Output output) throws RefusedException;

    /**
     * What a request's prompt would take now. Generates nothing; may wait for the step that runs.
     *
     * @throws RefusedException the request can not be answered here: its text says what to change
     */
    Quote quote(GenerationRequest request) throws RefusedException;

    /** Completes exceptionally when the engine can not go on, which it says once and for all; normally after {@link #close}. */
    CompletableFuture<Void> ended();

    /** Ends all generations with a fault and frees the model. */
    @Override
    void close();
}
