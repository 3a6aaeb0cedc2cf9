package dev.gatehouse.bench.host;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database of a running Gatehouse, as its superuser sees it. Nothing is written to it. */
public final class Database {

    private static final String SUPERUSER = "postgres";
    private static final String WRITTEN = """
            select count(*),
                   coalesce(sum(completion_tokens), 0),
                   coalesce(sum((coverage ->> 'bytes')::bigint), 0)
              from outcomes
             where kind = 'completed'""";

    private final String url;
    private final String password;

    Database(String url, String password) {
        this.url = url;
        this.password = password;
    }

    /**
     * What the outcomes of completed requests hold.
     *
     * @param screenedBytes text that the guard looked at, of prompts and of answers
     */
    public record Outcomes(long completed, long completionTokens, long screenedBytes) {

        public Outcomes minus(Outcomes earlier) {
            return new Outcomes(
                    completed - earlier.completed,
                    completionTokens - earlier.completionTokens,
                    screenedBytes - earlier.screenedBytes);
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The value of a setting, such as {@code on}. */
    public String setting(String name) {
        return query("select current_setting('" + name + "')", row -> row.getString(1));
    }

    public Outcomes outcomes() {
        return query(WRITTEN, row -> new Outcomes(row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    private <T> T query(String sql, Reader<T> reader) {
        try (Connection connection = DriverManager.getConnection(url, SUPERUSER, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return reader.read(rows);
        } catch (SQLException e) {
            throw new NotReadyException("the database at " + url + " cannot be asked: " + e.getMessage());
        }
    }
}
