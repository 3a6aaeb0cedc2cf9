package dev.gatehouse.gateway;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Turns the failures that an operator can mend into their message, without a stack trace: a refused start (rooms throw {@link
 * IllegalStateException} with a message that says what to do) and a database that cannot be used. What Spring explains by itself, such as a wrong
 * property, is left to it.
 */
final class StartFailures implements FailureAnalyzer {

    private static final String ROOMS = "dev.gatehouse.gateway.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationPropertiesBindException) {
                return null;
            }
            if (cause instanceof IllegalStateException && isOurs(cause)) {
                return new FailureAnalysis(cause.getMessage(), null, cause);
            }
            if (cause instanceof SQLException) {
                return new FailureAnalysis(
                        "The database that gatehouse.database.url names cannot be used: " + cause.getMessage(),
                        "See that PostgreSQL runs and can be reached there, and that the roles and their passwords are those of the secrets directory.",
                        cause);
            }
        }
        return null;
    }

    private static boolean isOurs(Throwable thrown) {
        StackTraceElement[] stack = thrown.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().startsWith(ROOMS);
    }
}
