package dev.gatehouse.worker.engine;

/** Receives one generation; all calls come in order on the engine's thread, and exactly one of {@code end} and {@code fail} is the last. */
public interface Output {

    /**
     * Comes once, before the first chunk, when the prompt is known in tokens.
     *
     * @param prompt all tokens of the prompt
     * @param cached those of it that will not be computed again
     */
    default void started(int prompt, int cached) {}

    void chunk(Chunk chunk);

    /**
     * A choice is complete; comes once for each choice, unless the generation is cancelled or fails.
     *
     * @param at completion tokens generated so far, those of all choices
     */
    void finished(int choice, FinishReason reason, long at);

    /** All choices are complete, or the generation was cancelled. */
    void end(End end);

    /** The engine could not go on; {@code usage} and {@code meters} count what was until then. */
    void fail(Fault fault, Usage usage, Meters meters);
}
