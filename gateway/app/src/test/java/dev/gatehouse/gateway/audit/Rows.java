package dev.gatehouse.gateway.audit;

import dev.gatehouse.db.TestDatabase;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at what is on disk. */
record Rows(TestDatabase database) {

    /** The text of every value of every row; "null" for none. */
    List<String> ask(String sql, Object... parameters) {
        try (Connection connection = database.superuser();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                        values.add(String.valueOf(rows.getString(column)));
                    }
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean hasIntent(IntentId intent) {
        return !ask("SELECT 1 FROM intents WHERE id = ?", intent.value()).isEmpty();
    }

    List<String> outcomes(IntentId intent) {
        return ask("SELECT kind FROM outcomes WHERE intent = ?", intent.value());
    }
}
