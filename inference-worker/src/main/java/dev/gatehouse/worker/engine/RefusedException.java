package dev.gatehouse.worker.engine;

/** A request that this engine will not run; the message says what to change. */
public final class RefusedException extends Exception {

    private final Kind kind;
    private final String code;
    private final String param;

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
        super(message);
        this.kind = kind;
        this.code = code;
        this.param = param;
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
}
