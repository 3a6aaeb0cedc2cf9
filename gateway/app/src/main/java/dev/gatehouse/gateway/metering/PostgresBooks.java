package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.backend.Records.Total;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.metering.Report.Tokens;
import dev.gatehouse.gateway.quota.Spendings;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code ledger}, {@code intents} and {@code outcomes}, and what budgets count. */
@Component
final class PostgresBooks implements Books {

    private static final String SUMS = """
            SELECT node, count(*) FILTER (WHERE kind = 'usage') AS exchanges, sum(prompt_tokens) AS prompt,
                sum(cached_tokens) AS cached, sum(completion_tokens) AS completion, sum(reasoning_tokens) AS reasoning
            FROM ledger WHERE %s GROUP BY node""";

    private static final String SUMS_OF_A_TIME =
            SUMS.formatted("request >= first_id(:from) AND request < first_id(:until)");

    private static final String SUMS_OF_A_REQUEST = SUMS.formatted("request = :request");

    private static final String ARRIVED = """
            SELECT i.id, EXISTS (SELECT 1 FROM outcomes o WHERE o.intent = i.id) AS concluded FROM intents i
            WHERE i.id >= first_id(:from) AND i.id < first_id(:until) ORDER BY i.id LIMIT :most""";

    private static final String MISMATCHES = """
            SELECT coalesce(o.intent, l.request) AS request,
                coalesce(l.prompt, 0) AS prompt, coalesce(l.cached, 0) AS cached, coalesce(l.completion, 0) AS completion,
                coalesce(l.reasoning, 0) AS reasoning, coalesce(l.charge, 0) AS charge,
                coalesce(o.prompt_tokens, 0) AS o_prompt, coalesce(o.cached_tokens, 0) AS o_cached,
                coalesce(o.completion_tokens, 0) AS o_completion, coalesce(o.reasoning_tokens, 0) AS o_reasoning,
                coalesce(o.charge_nano, 0) AS o_charge
            FROM (SELECT * FROM outcomes WHERE intent >= first_id(:from) AND intent < first_id(:until)) o
            FULL JOIN (
                SELECT request, sum(prompt_tokens) AS prompt, sum(cached_tokens) AS cached, sum(completion_tokens) AS completion,
                    sum(reasoning_tokens) AS reasoning, sum(charge_nano) AS charge
                FROM ledger WHERE kind = 'usage' AND request >= first_id(:from) AND request < first_id(:until)
                GROUP BY request) l ON l.request = o.intent
            WHERE (coalesce(l.prompt, 0), coalesce(l.cached, 0), coalesce(l.completion, 0), coalesce(l.reasoning, 0),
                   coalesce(l.charge, 0))
                <> (coalesce(o.prompt_tokens, 0), coalesce(o.cached_tokens, 0), coalesce(o.completion_tokens, 0),
                   coalesce(o.reasoning_tokens, 0), coalesce(o.charge_nano, 0))
            ORDER BY 1 LIMIT :most""";

    private static final String CHARGED = """
            SELECT coalesce(sum(charge_nano), 0)::bigint FROM ledger
            WHERE request >= first_id(:from) AND request < first_id(:until)
              AND (:tenant::uuid IS NULL OR tenant = :tenant) AND (:model::text IS NULL OR model = :model)
              AND CASE :level WHEN 'project' THEN project = :subject WHEN 'key' THEN key = :subject ELSE true END""";

    /** All statements of the transaction see the same moment. */
    private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    /** Of a long period so much is summed by one statement. */
    private static final Duration STEP = Duration.ofDays(1);

    private final CoreDatabase core;
    private final Spendings spendings;

    PostgresBooks(CoreDatabase core, Spendings spendings) {
        this.core = core;
        this.spendings = spendings;
    }

    @Override
    public Map<NodeName, Total> ledger(Instant from, Instant until) {
        return core.query(client -> totals(
                client.sql(SUMS_OF_A_TIME).param("from", Timestamp.from(from)).param("until", Timestamp.from(until))));
    }

    @Override
    public Map<NodeName, Total> ledger(IntentId request) {
        return core.query(client -> totals(client.sql(SUMS_OF_A_REQUEST).param("request", request.value())));
    }

    private static Map<NodeName, Total> totals(JdbcClient.StatementSpec statement) {
        return statement
                .query((row, _) -> Map.entry(
                        new NodeName(row.getString("node")),
                        new Total(
                                row.getLong("exchanges"),
                                row.getLong("prompt"),
                                row.getLong("cached"),
                                row.getLong("completion"),
                                row.getLong("reasoning"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<Arrived> arrived(Instant from, Instant until, int most) {
        return core.query(client -> client.sql(ARRIVED)
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("most", most)
                .query((row, _) ->
                        new Arrived(new IntentId(row.getObject("id", UUID.class)), row.getBoolean("concluded")))
                .list());
    }

    @Override
    public List<Report.Mismatch> mismatches(Instant from, Instant until, int most) {
        return core.query(client -> client.sql(MISMATCHES)
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("most", most)
                .query((row, _) -> new Report.Mismatch(
                        row.getObject("request", UUID.class),
                        tokens(row, ""),
                        row.getLong("charge"),
                        tokens(row, "o_"),
                        row.getLong("o_charge")))
                .list());
    }

    private static Tokens tokens(ResultSet row, String prefix) throws SQLException {
        return new Tokens(
                row.getLong(prefix + "prompt"),
                row.getLong(prefix + "cached"),
                row.getLong(prefix + "completion"),
                row.getLong(prefix + "reasoning"));
    }

    @Override
    public List<Report.BudgetSum> budgets(Instant from, Instant until) {
        return core.transact(client -> {
            client.sql(ONE_MOMENT).update();
            return spendings.budgets(from, until).stream()
                    .map(budget -> Report.BudgetSum.of(
                            budget.limit(),
                            budget.from(),
                            budget.until(),
                            charged(client, budget),
                            budget.spent(),
                            budget.leased()))
                    .toList();
        });
    }

    private static long charged(JdbcClient client, Spendings.Budget budget) {
        long sum = 0;
        Instant end = budget.until();
        for (Instant at = budget.from(); at.isBefore(end); at = at.plus(STEP)) {
            Instant next = at.plus(STEP).isBefore(end) ? at.plus(STEP) : end;
            sum += charged(client, budget, at, next);
        }
        return sum;
    }

    private static long charged(JdbcClient client, Spendings.Budget budget, Instant from, Instant until) {
        return client.sql(CHARGED)
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("tenant", budget.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                .param("model", budget.model().map(ModelName::value).orElse(null), Types.VARCHAR)
                .param("level", budget.level())
                .param("subject", budget.subject().orElse(null), Types.OTHER)
                .query(Long.class)
                .single();
    }
}
