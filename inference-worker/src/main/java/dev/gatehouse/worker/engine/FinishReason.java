package dev.gatehouse.worker.engine;

/** Why an answer ended. */
public enum FinishReason {
    /** The model ended it, or a stop text came. */
    STOP,
    /** The request's bound, the context or the cap was reached. */
    LENGTH,
    /** The model asks for tools to be called. */
    TOOL_CALLS,
    CANCELLED
}
