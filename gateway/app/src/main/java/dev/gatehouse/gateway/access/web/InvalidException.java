package dev.gatehouse.gateway.access.web;

import java.util.function.Supplier;

/** A value of a request is wrong; the message says which and how. */
public final class InvalidException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidException(String message) {
        super(message, null, false, false);
    }

    /** Reads a value of a request; what its reader refuses is the client's to mend. */
    public static <T> T reading(String member, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException wrong) {
            throw new InvalidException(member + ": " + wrong.getMessage());
        }
    }
}
