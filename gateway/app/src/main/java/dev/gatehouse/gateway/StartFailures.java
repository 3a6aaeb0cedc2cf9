package dev.gatehouse.gateway;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Shows a start that a room refuses as its message, which says what to do, and without a stack trace: rooms throw {@link IllegalStateException}.
 * What Spring explains by itself, such as a wrong property, is left to it.
 */
final class StartFailures implements FailureAnalyzer {

    private static final String ROOMS = "dev.gatehouse.gateway.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalStateException && isOurs(cause)) {
                return new FailureAnalysis(cause.getMessage(), null, cause);
            }
        }
        return null;
    }

    private static boolean isOurs(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().startsWith(ROOMS);
    }
}
