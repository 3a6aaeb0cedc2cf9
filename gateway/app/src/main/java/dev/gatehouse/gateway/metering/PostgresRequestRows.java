package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests as rows: {@code outcomes} with what {@code intents}, {@code ledger} and the names of the caller's places tell of each. */
final class PostgresRequestRows {

    /** What the ledger says of the request {@code i.id}. */
    private static final String BOOKED = """
            LEFT JOIN LATERAL (
                SELECT array_agg(DISTINCT u.node) AS nodes, sum(u.prompt_tokens) AS prompt, sum(u.cached_tokens) AS cached,
                    sum(u.completion_tokens) AS completion, sum(u.reasoning_tokens) AS reasoning, sum(u.charge_nano) AS charge,
                    sum(u.cost_nano) AS cost,
                    bool_and(u.exact OR (u.kind = 'usage' AND EXISTS (
                        SELECT 1 FROM ledger c WHERE c.request = u.request AND c.attempt = u.attempt AND c.kind = 'correction'))) AS exact
                FROM ledger u WHERE u.request = i.id) l ON true
            LEFT JOIN tenants t ON t.id = i.tenant
            LEFT JOIN projects p ON p.id = i.project
            LEFT JOIN keys k ON k.id = i.key
            """;

    /** The columns that {@link #request} reads; {@code %s} is for more. */
    private static final String COLUMNS = """
            SELECT i.id, i.tenant, i.project, i.key, t.name AS tenant_name, p.name AS project_name, k.name AS key_name, i.model, i.dialect,
                coalesce(o.kind, 'open') AS kind, o.code, o.reason, o.rule, coalesce(l.nodes, '{}') AS nodes,
                coalesce(l.prompt, 0) AS prompt, coalesce(l.cached, 0) AS cached, coalesce(l.completion, 0) AS completion,
                coalesce(l.reasoning, 0) AS reasoning, coalesce(l.exact, o.exact, false) AS exact, coalesce(l.charge, 0) AS charge,
                coalesce(l.cost, 0) AS cost, o.first_token_ms,
                coalesce(o.total_ms, extract(epoch FROM now() - uuid_extract_timestamp(i.id)) * 1000) AS total_ms, o.recorded_at
            """;

    /** Requests of a part of {@code outcomes}, which is found first; the rest is joined to that alone. {@code %s} is the condition. */
    static final String PAGE = COLUMNS + """
            FROM (SELECT o.intent FROM outcomes o WHERE %s ORDER BY o.intent DESC LIMIT :most) part
            JOIN outcomes o ON o.intent = part.intent
            JOIN intents i ON i.id = part.intent
            """ + BOOKED + "ORDER BY i.id DESC";

    /** Requests of some ids that have ended, the latest first. */
    static final String NAMED = COLUMNS + """
            FROM outcomes o JOIN intents i ON i.id = o.intent
            """ + BOOKED + "WHERE o.intent = ANY (:ids) ORDER BY i.id DESC";

    /** One request with all that is known of it. */
    static final String ONE = COLUMNS.stripTrailing() + """
            ,
                i.address, i.max_input, i.max_output, i.choices, i.gateway, encode(i.body_sha256, 'hex') AS body_sha256,
                o.policy, o.coverage, o.attempts, o.queue_ms, o.prefill_ms, o.decode_ms, o.step_rows
            FROM intents i LEFT JOIN outcomes o ON o.intent = i.id
            """ + BOOKED + "WHERE i.id = :id";

    private PostgresRequestRows() {}

    static Request request(ResultSet row) throws SQLException {
        return new Request(
                new IntentId(PostgresSight.id(row, "id")),
                new Caller(
                        new TenantId(PostgresSight.id(row, "tenant")),
                        new ProjectId(PostgresSight.id(row, "project")),
                        new KeyId(PostgresSight.id(row, "key"))),
                new Request.Names(text(row, "tenant_name"), text(row, "project_name"), text(row, "key_name")),
                new ModelName(row.getString("model")),
                row.getString("dialect"),
                row.getString("kind"),
                text(row, "code"),
                text(row, "reason"),
                text(row, "rule"),
                Arrays.asList((String[]) row.getArray("nodes").getArray()),
                tokens(row, ""),
                row.getBoolean("exact"),
                row.getLong("charge"),
                row.getLong("cost"),
                number(row.getObject("first_token_ms")),
                row.getDouble("total_ms"),
                PostgresSight.time(row, "recorded_at"));
    }

    /** @param suffix of the columns' names, such as {@code _tokens} */
    static LedgerLine.Tokens tokens(ResultSet row, String suffix) throws SQLException {
        return new LedgerLine.Tokens(
                row.getLong("prompt" + suffix),
                row.getLong("cached" + suffix),
                row.getLong("completion" + suffix),
                row.getLong("reasoning" + suffix));
    }

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Double> number(@Nullable Object value) {
        return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }
}
