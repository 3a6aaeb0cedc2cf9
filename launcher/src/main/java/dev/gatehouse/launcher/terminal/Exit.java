package dev.gatehouse.launcher.terminal;

/** Exit codes of every verb. */
public enum Exit {
    OK(0),
    /** Something broke that the caller did not cause. */
    FAULT(1),
    USAGE(2),
    NOT_FOUND(3),
    DENIED(4),
    QUOTA(5),
    NOT_READY(6),
    /** What was checked is not as it should be. */
    NOT_VERIFIED(7);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    /** The process exit status, 0 to 7. */
    public int code() {
        return code;
    }
}
