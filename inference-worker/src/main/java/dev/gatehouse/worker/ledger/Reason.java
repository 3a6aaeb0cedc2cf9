package dev.gatehouse.worker.ledger;

import java.util.Locale;

/** Why an exchange ended. The file holds the ordinal: append new ones at the end. */
public enum Reason {
    STOP,
    LENGTH,
    TOOL_CALLS,
    /** The gateway asked for it. */
    CANCELLED,
    /** The reader's socket closed, or did not read. */
    DISCONNECTED,
    /** The engine refused it or could not go on. */
    FAILED,
    /** The node ended while it ran. */
    DIED;

    /** As the node protocol writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
