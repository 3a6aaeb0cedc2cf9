package dev.gatehouse.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A month of an installation up to now, as {@code month.sql} tells it. */
public final class SeededMonth {

    private SeededMonth() {}

    /**
     * Fills a database that has been migrated, and lets the planner know what is in it. The sums of hours are left to be made.
     *
     * @param requests about how many
     */
    public static void fill(Connection superuser, int requests) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute("SET seed.requests = " + requests);
            statement.execute(script());
        }
        settle(superuser);
    }

    /** Does now what PostgreSQL does by itself in time: lets the planner know what is there, and marks pages that all can see. */
    public static void settle(Connection superuser) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute("VACUUM (ANALYZE)");
            statement.execute("CHECKPOINT");
        }
    }

    /** The id of a tenant, 1 to 6, the second half of which have fewer requests. */
    public static UUID tenant(int number) {
        return id(1, number);
    }

    /** The id of a project, 0 to 11; it belongs to tenant {@code 1 + number % 6}. */
    public static UUID project(int number) {
        return id(2, number);
    }

    /** The id of a key, 0 to 29; it belongs to project {@code number % 12}. */
    public static UUID key(int number) {
        return id(3, number);
    }

    private static UUID id(int kind, int number) {
        return UUID.fromString("5eed%04x-0000-7000-8000-%012d".formatted(kind, number));
    }

    private static String script() {
        try (InputStream file = SeededMonth.class.getResourceAsStream("month.sql")) {
            if (file == null) {
                throw new IllegalStateException("month.sql is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
