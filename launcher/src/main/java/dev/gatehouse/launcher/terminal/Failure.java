package dev.gatehouse.launcher.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Why a verb cannot do its work. The message is shown as it is, so it says what to do about it. */
public final class Failure extends RuntimeException {
    private final Exit exit;

    /**
     * @param exit how the command ends
     * @param message what is wrong and what to do, for a person
     */
    public Failure(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    private Failure(Exit exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    /** A file operation that the operating system refused: a full disk, missing rights, a path that cannot exist. */
    public static Failure of(IOException refused) {
        return new Failure(
                Exit.FAULT,
                "the operating system refused: " + described(refused)
                        + ". Free space on that disk, correct the rights, or choose another place with --data DIR",
                refused);
    }

    /** As {@link #of(IOException)}. */
    public static Failure of(UncheckedIOException refused) {
        IOException cause = refused.getCause();
        return of(cause == null ? new IOException(refused) : cause);
    }

    public Exit exit() {
        return exit;
    }

    private static String described(IOException refused) {
        String message = String.valueOf(refused.getMessage());
        boolean kindIsTheMessage =
                refused instanceof java.nio.file.FileSystemException named && named.getReason() == null;
        return kindIsTheMessage
                ? refused.getClass().getSimpleName().replace("Exception", "") + ": " + message
                : message;
    }
}
