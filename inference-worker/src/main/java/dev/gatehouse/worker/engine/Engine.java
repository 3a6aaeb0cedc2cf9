package dev.gatehouse.worker.engine;

/** A loaded model that answers chat requests, many at a time. Thread-safe. */
public interface Engine extends AutoCloseable {

    Model model();

    Load load();

    /**
     * Queues a request; never blocks on generation.
     *
     * @param output called on the engine's thread, in order; must not block
     * @throws RefusedException the request can not be answered here: its text says what to change
     */
    Generation submit(GenerationRequest request, Output output) throws RefusedException;

    /** Ends all generations with a fault and frees the model. */
    @Override
    void close();
}
