package dev.gatehouse.launcher.system;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.process.RunFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks into an installation's database past row-level security. */
record Database(DataDirectory data) {

    /** The rows of a query, columns by name as text. */
    List<Map<String, String>> rows(String sql, Object... parameters) {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", password());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet found = statement.executeQuery()) {
                return all(found);
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    int update(String sql) {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", password())) {
            return connection.createStatement().executeUpdate(sql);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    void change(Change change) {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", password())) {
            change.by(connection);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** More than one statement. */
    @FunctionalInterface
    interface Change {
        void by(Connection superuser) throws SQLException;
    }

    private static List<Map<String, String>> all(ResultSet found) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        while (found.next()) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                row.put(found.getMetaData().getColumnName(i), String.valueOf(found.getString(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    private String url() {
        return RunFile.read(data, "postgres").orElseThrow().url();
    }

    private String password() {
        try {
            return Files.readString(data.root().resolve("secrets/postgres/superuser"))
                    .strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
