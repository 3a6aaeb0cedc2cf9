package dev.gatehouse.gateway.access;

/** An administrative act that cannot be done. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Why why;

    public enum Why {
        EXISTS,
        MISSING,
        OVER,
        /** It is in force or was, and what it did must stay explicable. */
        FIXED,
        FORBIDDEN
    }

    /** @param message for whoever tried */
    public RefusedException(Why why, String message) {
        super(message, null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
