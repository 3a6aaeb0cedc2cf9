package dev.gatehouse.worker.engine;

import java.time.Duration;

/** A request that this engine will not run; the message says what to change. */
public final class RefusedException extends Exception {

    private final Kind kind;
    private final String code;
    private final String param;
    private final Duration retryAfter;

    /** Whose fault it is. */
    public enum Kind {
        /** The request asks for something impossible here. */
        CALLER,
        /** The queue is full. */
        BUSY
    }

    /**
     * @param code stable, lower case with underscores
     * @param param the request's member that is wrong; empty if none is
     */
    public RefusedException(Kind kind, String code, String param, String message) {
        this(kind, code, param, message, Duration.ZERO);
    }

    private RefusedException(Kind kind, String code, String param, String message, Duration retryAfter) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.param = param;
        this.retryAfter = retryAfter;
    }

    /** @param retryAfter when there is likely to be a place */
    static RefusedException busy(String message, Duration retryAfter) {
        return new RefusedException(Kind.BUSY, "node_busy", "", message, retryAfter);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public String param() {
        return param;
    }

    /** In what time the same request may be taken; zero if that is not known. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
