package dev.gatehouse.bench.host;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The database of a running Gatehouse, as its superuser sees it. */
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

    /** Reads the first row of an answer. */
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A connection for many short looks, one after another. */
    public final class Session implements AutoCloseable {

        private final Connection connection = connect();

        private Session() {}

        public <T> T query(String sql, Reader<T> reader) {
            return Database.this.query(connection, sql, reader);
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw failed(e);
            }
        }
    }

    /** The first column of the first row of an answer. */
    public long read(String sql) {
        return read(sql, row -> row.getLong(1));
    }

    /** The first row of an answer. */
    public <T> T read(String sql, Reader<T> reader) {
        return query(sql, reader);
    }

    /** What writes to it. */
    public interface Writer {
        void write(Connection superuser) throws SQLException;
    }

    /** Writes to it; only to one that the benchmark started itself. */
    public void change(Writer writer) {
        try (Connection connection = connect()) {
            writer.write(connection);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Opens a connection that stays. */
    public Session session() {
        return new Session();
    }

    /** The value of a setting, such as {@code on}. */
    public String setting(String name) {
        return query("select current_setting('" + name + "')", row -> row.getString(1));
    }

    public Outcomes outcomes() {
        return query(WRITTEN, row -> new Outcomes(row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    private <T> T query(String sql, Reader<T> reader) {
        try (Connection connection = connect()) {
            return query(connection, sql, reader);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private <T> T query(Connection connection, String sql, Reader<T> reader) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return reader.read(rows);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Connection connect() {
        try {
            return DriverManager.getConnection(url, SUPERUSER, password);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private NotReadyException failed(SQLException e) {
        return new NotReadyException("the database at " + url + " cannot be asked: " + e.getMessage());
    }
}
