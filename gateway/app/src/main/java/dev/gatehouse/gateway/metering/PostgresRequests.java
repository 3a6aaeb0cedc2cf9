package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code outcomes}, with what {@code intents} and {@code ledger} tell of each. */
@Component
final class PostgresRequests implements Requests {

    private static final String LIST = """
            SELECT o.intent, o.tenant, o.project, o.key, i.model, i.dialect, o.kind, o.code, o.reason, o.rule,
                coalesce(l.nodes, '{}') AS nodes, coalesce(l.prompt, 0) AS prompt, coalesce(l.cached, 0) AS cached,
                coalesce(l.completion, 0) AS completion, coalesce(l.reasoning, 0) AS reasoning, coalesce(l.exact, o.exact) AS exact,
                coalesce(l.charge, 0) AS charge, coalesce(l.cost, 0) AS cost, o.first_token_ms, o.total_ms, o.recorded_at
            FROM outcomes o JOIN intents i ON i.id = o.intent
            LEFT JOIN LATERAL (
                SELECT array_agg(DISTINCT u.node) AS nodes, sum(u.prompt_tokens) AS prompt, sum(u.cached_tokens) AS cached,
                    sum(u.completion_tokens) AS completion, sum(u.reasoning_tokens) AS reasoning, sum(u.charge_nano) AS charge,
                    sum(u.cost_nano) AS cost,
                    bool_and(u.exact OR (u.kind = 'usage' AND EXISTS (
                        SELECT 1 FROM ledger c WHERE c.request = u.request AND c.attempt = u.attempt AND c.kind = 'correction'))) AS exact
                FROM ledger u WHERE u.request = o.intent) l ON true
            WHERE o.intent >= first_id(:from) AND o.intent < first_id(:until)
              AND (:before::uuid IS NULL OR o.intent < :before)
              AND (:tenant::uuid IS NULL OR o.tenant = :tenant)
              AND (:project::uuid IS NULL OR o.project = :project)
              AND (:key::uuid IS NULL OR o.key = :key)
              AND (:model::text IS NULL OR i.model = :model)
              AND (:kind::text IS NULL OR o.kind = :kind)
            ORDER BY o.intent DESC LIMIT :most
            """;

    private final PostgresSight sight;

    PostgresRequests(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public Page<EndedRequest> list(Actor actor, Filter filter, Paging paging) {
        return Page.of(
                sight.read(actor, client -> list(client, filter, paging)),
                paging,
                request -> request.id().value());
    }

    private static List<EndedRequest> list(JdbcClient client, Filter filter, Paging paging) {
        return client.sql(LIST)
                .param("from", Timestamp.from(filter.from()))
                .param("until", Timestamp.from(filter.until()))
                .param("before", paging.after().orElse(null), Types.OTHER)
                .param("tenant", filter.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                .param("project", filter.project().map(ProjectId::value).orElse(null), Types.OTHER)
                .param("key", filter.key().map(KeyId::value).orElse(null), Types.OTHER)
                .param("model", filter.model().map(ModelName::value).orElse(null), Types.VARCHAR)
                .param("kind", filter.kind().orElse(null), Types.VARCHAR)
                .param("most", paging.limit() + 1)
                .query((row, _) -> request(row))
                .list();
    }

    private static EndedRequest request(ResultSet row) throws SQLException {
        return new EndedRequest(
                new IntentId(PostgresSight.id(row, "intent")),
                new Caller(
                        new TenantId(PostgresSight.id(row, "tenant")),
                        new ProjectId(PostgresSight.id(row, "project")),
                        new KeyId(PostgresSight.id(row, "key"))),
                new ModelName(row.getString("model")),
                row.getString("dialect"),
                row.getString("kind"),
                Optional.ofNullable(row.getString("code")),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("rule")),
                Arrays.asList((String[]) row.getArray("nodes").getArray()),
                new LedgerLine.Tokens(
                        row.getLong("prompt"),
                        row.getLong("cached"),
                        row.getLong("completion"),
                        row.getLong("reasoning")),
                row.getBoolean("exact"),
                row.getLong("charge"),
                row.getLong("cost"),
                number(row.getObject("first_token_ms")),
                row.getDouble("total_ms"),
                PostgresSight.time(row, "recorded_at").orElseThrow());
    }

    private static Optional<Double> number(@Nullable Object value) {
        return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }
}
