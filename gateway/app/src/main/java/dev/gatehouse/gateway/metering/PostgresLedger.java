package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The table {@code ledger}. */
@Component
final class PostgresLedger implements Ledger {

    private static final String COLUMNS = """
            SELECT request, attempt, kind, tenant, project, key, model, node, prompt_tokens, cached_tokens, completion_tokens,
                reasoning_tokens, exact, due, charge_nano, cost_nano, recorded_at
            FROM ledger WHERE request >= first_id(:from) AND request < first_id(:until)""";

    private static final String ORDER = " ORDER BY request DESC, attempt DESC, kind DESC LIMIT :most";

    private final CoreDatabase core;

    PostgresLedger(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public List<LedgerLine> page(Filter filter, Optional<LedgerLine.Place> before, int most) {
        if (most < 1 || most > LONGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LONGEST_PAGE + " lines, not " + most);
        }
        StringBuilder sql = new StringBuilder(COLUMNS);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("from", Timestamp.from(filter.from()));
        values.put("until", Timestamp.from(filter.until()));
        values.put("most", most);
        equal(sql, values, "tenant", filter.tenant().map(TenantId::value));
        equal(sql, values, "project", filter.project().map(ProjectId::value));
        equal(sql, values, "key", filter.key().map(KeyId::value));
        equal(sql, values, "model", filter.model().map(ModelName::value));
        before.ifPresent(place -> before(sql, values, place));
        return core.query(client -> client.sql(sql.append(ORDER).toString())
                .params(values)
                .query((row, number) -> line(row))
                .list());
    }

    private static void equal(
            StringBuilder sql, Map<String, Object> values, String column, Optional<? extends Object> value) {
        value.ifPresent(wanted -> {
            sql.append(" AND ").append(column).append(" = :").append(column);
            values.put(column, wanted);
        });
    }

    private static void before(StringBuilder sql, Map<String, Object> values, LedgerLine.Place place) {
        sql.append(" AND (request, attempt, kind) < (:request, :attempt, :kind)");
        values.put("request", place.request().value());
        values.put("attempt", place.attempt());
        values.put("kind", place.kind().name().toLowerCase(Locale.ROOT));
    }

    private static LedgerLine line(ResultSet row) throws SQLException {
        return new LedgerLine(
                new LedgerLine.Place(
                        new IntentId(row.getObject("request", UUID.class)),
                        row.getInt("attempt"),
                        LedgerLine.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT))),
                new Caller(
                        new TenantId(row.getObject("tenant", UUID.class)),
                        new ProjectId(row.getObject("project", UUID.class)),
                        new KeyId(row.getObject("key", UUID.class))),
                new ModelName(row.getString("model")),
                row.getString("node"),
                new LedgerLine.Tokens(
                        row.getLong("prompt_tokens"),
                        row.getLong("cached_tokens"),
                        row.getLong("completion_tokens"),
                        row.getLong("reasoning_tokens")),
                row.getBoolean("exact"),
                row.getBoolean("due"),
                row.getLong("charge_nano"),
                row.getLong("cost_nano"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
