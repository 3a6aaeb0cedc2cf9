package dev.gatehouse.gateway.audit;

/** Rows were not written. */
final class AppendException extends Exception {

    private static final long serialVersionUID = 1;

    /** What is known of the rows. */
    enum Kind {
        /** One of the rows is at fault: none is on disk, and the others would be taken. */
        ROW,
        /** The database is at fault; none is on disk. */
        UNREACHED,
        /** The database did not answer: all are on disk, or none. */
        DOUBTFUL
    }

    private final Kind kind;

    AppendException(Kind kind, Throwable cause) {
        super(cause.getMessage(), cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
