package dev.gatehouse.gateway.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says of a database that cannot be used why, without a stack trace. */
final class DatabaseFailures implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return new FailureAnalysis(
                        "The database that gatehouse.database.url names cannot be used: " + cause.getMessage(),
                        "See that PostgreSQL runs and can be reached there, and that the roles and their passwords are those of the secrets directory.",
                        cause);
            }
        }
        return null;
    }
}
