package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Page;
import dev.gatehouse.gateway.access.Paging;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Price;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code intents}, {@code outcomes} and {@code ledger}, request by request. */
@Component
final class PostgresRequests implements Requests {

    private static final String LINES = """
            SELECT attempt, kind, node, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano,
                cost_nano, recorded_at
            FROM ledger WHERE request = :id ORDER BY attempt, kind DESC
            """;

    /** Of two prices that hold at once the later begun one counts. */
    private static final String PRICE = """
            SELECT p.uncached, p.cached, coalesce(p.reasoning, p.output) AS reasoning, p.output, p.per_call
            FROM prices p JOIN models m ON m.id = p.model
            WHERE m.name = :model AND p.valid_from <= :at AND (p.valid_until IS NULL OR p.valid_until > :at)
            ORDER BY p.valid_from DESC LIMIT 1
            """;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PostgresSight sight;
    private final CoreDatabase core;

    PostgresRequests(PostgresSight sight, CoreDatabase core) {
        this.sight = sight;
        this.core = core;
    }

    @Override
    public Page<Request> list(Actor actor, Filter filter, Paging paging) {
        PostgresFilter wanted = PostgresFilter.ofOutcomes(actor, filter);
        paging.after().ifPresent(last -> wanted.and("o.intent < :before", "before", last));
        return Page.of(
                sight.read(
                        actor,
                        client -> wanted.in(PostgresFilter.planning(client), PostgresRequestRows.PAGE)
                                .param("most", paging.limit() + 1)
                                .query((row, _) -> PostgresRequestRows.request(row))
                                .list()),
                paging,
                request -> request.id().value());
    }

    @Override
    public Optional<RequestDetail> find(Actor actor, IntentId id) {
        return sight.read(
                        actor,
                        client -> client.sql(PostgresRequestRows.ONE)
                                .param("id", id.value())
                                .query((row, _) -> detail(row))
                                .optional()
                                .map(detail -> detail.with(lines(client, id))))
                .map(detail -> detail.with(price(detail.request())));
    }

    /** Prices are the installation's, and everyone may see them. */
    private Price price(Request request) {
        return core.query(client -> client.sql(PRICE)
                .param("model", request.model().value())
                .param("at", Timestamp.from(request.id().at()))
                .query((row, _) -> new Price(
                        row.getLong("uncached"),
                        row.getLong("cached"),
                        row.getLong("reasoning"),
                        row.getLong("output"),
                        row.getLong("per_call")))
                .optional()
                .orElse(Price.FREE));
    }

    private static RequestDetail detail(ResultSet row) throws SQLException {
        Request request = PostgresRequestRows.request(row);
        boolean ended = request.recorded().isPresent();
        return new RequestDetail(
                request,
                asked(row),
                ended ? Optional.of(times(row)) : Optional.empty(),
                attempts(row.getString("attempts")),
                List.of(),
                Price.FREE,
                ended ? Optional.of(guarded(row)) : Optional.empty());
    }

    private static RequestDetail.Asked asked(ResultSet row) throws SQLException {
        return new RequestDetail.Asked(
                row.getString("address"),
                row.getLong("max_input"),
                Optional.ofNullable(row.getObject("max_output", Long.class)),
                row.getInt("choices"),
                row.getString("gateway"),
                row.getString("body_sha256"));
    }

    private static RequestDetail.Times times(ResultSet row) throws SQLException {
        return new RequestDetail.Times(
                row.getDouble("queue_ms"),
                row.getDouble("prefill_ms"),
                row.getDouble("decode_ms"),
                row.getDouble("step_rows"));
    }

    private static RequestDetail.Guarded guarded(ResultSet row) throws SQLException {
        return new RequestDetail.Guarded(
                row.getString("policy"),
                PostgresRequestRows.text(row, "rule"),
                PostgresRequestRows.text(row, "coverage"));
    }

    private static List<RequestDetail.Attempt> attempts(@Nullable String json) {
        return json == null
                ? List.of()
                : JSON.readTree(json)
                        .valueStream()
                        .map(PostgresRequests::attempt)
                        .toList();
    }

    private static RequestDetail.Attempt attempt(JsonNode one) {
        return new RequestDetail.Attempt(
                one.path("attempt").asInt(),
                one.path("node").asString(),
                new LedgerLine.Tokens(
                        one.path("prompt_tokens").asLong(),
                        one.path("cached_tokens").asLong(),
                        one.path("completion_tokens").asLong(),
                        one.path("reasoning_tokens").asLong()),
                one.path("exact").asBoolean(),
                one.path("queue_ms").asDouble(0),
                one.path("prefill_ms").asDouble(0),
                one.path("decode_ms").asDouble(0),
                one.path("step_rows").asDouble(0),
                one.path("charge_nano").asLong(),
                one.path("cost_nano").asLong());
    }

    private static List<RequestDetail.Line> lines(JdbcClient client, IntentId id) {
        return client.sql(LINES)
                .param("id", id.value())
                .query((row, _) -> new RequestDetail.Line(
                        row.getInt("attempt"),
                        row.getString("kind"),
                        row.getString("node"),
                        PostgresRequestRows.tokens(row, "_tokens"),
                        row.getBoolean("exact"),
                        row.getBoolean("due"),
                        row.getLong("charge_nano"),
                        row.getLong("cost_nano"),
                        PostgresSight.time(row, "recorded_at").orElseThrow()))
                .list();
    }
}
