package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;

/** How a verb ends that was answered with an HTTP status. */
final class HttpStatus {
    private HttpStatus() {}

    static Exit exit(int status) {
        return switch (status) {
            case 200, 503 -> Exit.NOT_READY;
            case 401, 403 -> Exit.DENIED;
            case 404 -> Exit.NOT_FOUND;
            case 429 -> Exit.QUOTA;
            case 400, 409, 413, 415, 422 -> Exit.USAGE;
            default -> Exit.FAULT;
        };
    }
}
