package dev.gatehouse.worker.engine;

/** An engine can not start; the message says what to change. */
public final class EngineStartException extends Exception {

    public EngineStartException(String message) {
        super(message);
    }

    public EngineStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
