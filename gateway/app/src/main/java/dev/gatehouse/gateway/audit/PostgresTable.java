package dev.gatehouse.gateway.audit;

import static java.util.stream.Collectors.joining;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A table to which many rows are appended by one statement: one array a column. */
record PostgresTable<E>(String name, List<Column<E>> columns) {

    /** What is there already stays; nothing is returned. */
    String insert() {
        return "INSERT INTO " + name + " (" + each("%s") + ") SELECT " + each("%1$s%3$s") + " FROM unnest("
                + each("?::%2$s[]") + ") AS row (" + each("%s") + ") ON CONFLICT DO NOTHING";
    }

    /**
     * Sets the parameters of {@link #insert}.
     *
     * @param first number of the first one
     * @return the number after the last one
     */
    int bind(PreparedStatement statement, int first, List<E> rows) throws SQLException {
        int at = first;
        for (Column<E> column : columns) {
            statement.setArray(at++, statement.getConnection().createArrayOf(column.wire(), column.values(rows)));
        }
        return at;
    }

    private String each(String form) {
        return columns.stream()
                .map(column -> form.formatted(column.name(), column.wire(), column.cast()))
                .collect(joining(", "));
    }
}
