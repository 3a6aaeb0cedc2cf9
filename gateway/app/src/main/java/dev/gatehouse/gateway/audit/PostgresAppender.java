package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.audit.AppendException.Kind;
import dev.gatehouse.gateway.database.AppendConnections;
import dev.gatehouse.gateway.database.Instance;
import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.RuleId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends through one connection. A batch is one statement that commits by itself: one round trip, one flush of the log. The statement
 * is the same for every number of rows, so PostgreSQL keeps its plan.
 */
final class PostgresAppender implements Appender {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresAppender.class);

    private final AppendConnections connections;
    private final PostgresTable<IntentEntry> intents;
    private final PostgresTable<OutcomeRow> outcomes = outcomes();
    private final String insertIntents;
    private final PostgresTable<LedgerRow> ledger;
    private final String insertEnds;
    private final String insertBoth;
    private @Nullable Connection connection;

    PostgresAppender(AppendConnections connections, Instance instance) {
        this.connections = connections;
        this.intents = intents(instance);
        this.insertIntents = intents.insert();
        this.ledger = LedgerRow.table(instance);
        this.insertEnds = "WITH ends AS (" + outcomes.insert() + ") " + ledger.insert();
        this.insertBoth =
                "WITH before AS (" + insertIntents + "), ends AS (" + outcomes.insert() + ") " + ledger.insert();
    }

    @Override
    public void append(List<Entry> rows) throws AppendException {
        List<IntentEntry> asked = new ArrayList<>(rows.size());
        List<OutcomeRow> ended = new ArrayList<>(rows.size());
        for (Entry row : rows) {
            switch (row) {
                case IntentEntry intent -> asked.add(intent);
                case OutcomeEntry outcome -> ended.add(outcome.row());
            }
        }
        execute(connected(), asked, ended);
    }

    @Override
    public void reach() throws AppendException {
        connected();
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException e) {
            LOG.debug("a broken connection did not close: {}", e.getMessage());
        }
    }

    private Connection connected() throws AppendException {
        Connection open = connection;
        if (open == null) {
            try {
                open = connections.open();
            } catch (SQLException e) {
                throw new AppendException(Kind.UNREACHED, e);
            }
            connection = open;
        }
        return open;
    }

    private void execute(Connection open, List<IntentEntry> asked, List<OutcomeRow> ended) throws AppendException {
        String sql = ended.isEmpty() ? insertIntents : asked.isEmpty() ? insertEnds : insertBoth;
        try (PreparedStatement statement = open.prepareStatement(sql)) {
            int next = asked.isEmpty() ? 1 : intents.bind(statement, 1, asked);
            if (!ended.isEmpty()) {
                int lines = outcomes.bind(statement, next, ended);
                ledger.bind(statement, lines, LedgerRow.of(ended));
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** A server that answers has rolled back; a value it will not take (classes 22, 23) is a row's fault, all else its own. */
    private AppendException failure(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("22") || state.startsWith("23")) {
            return new AppendException(Kind.ROW, e);
        }
        close();
        boolean answered = !state.isEmpty() && !state.startsWith("08") && !state.startsWith("57P");
        return new AppendException(answered ? Kind.UNREACHED : Kind.DOUBTFUL, e);
    }

    private static PostgresTable<IntentEntry> intents(Instance instance) {
        return new PostgresTable<>(
                "intents",
                List.of(
                        Column.uuid("id", row -> row.id().value()),
                        Column.uuid(
                                "tenant", row -> row.intent().caller().tenant().value()),
                        Column.uuid(
                                "project",
                                row -> row.intent().caller().project().value()),
                        Column.uuid("key", row -> row.intent().caller().key().value()),
                        Column.text("dialect", row -> lower(row.intent().dialect())),
                        Column.text("model", row -> row.intent().model().value()),
                        Column.int8("max_input", row -> row.intent().bound().maxInput()),
                        Column.int8("max_output", row -> stated(row.intent().bound())),
                        Column.int4("choices", row -> row.intent().bound().choices()),
                        Column.text("address", row -> row.intent().address()),
                        Column.bytea("body_sha256", IntentEntry::bodySha256),
                        Column.text("gateway", row -> instance.name()),
                        Column.int8("start_id", row -> instance.startId())));
    }

    private static PostgresTable<OutcomeRow> outcomes() {
        return new PostgresTable<>(
                "outcomes",
                List.of(
                        Column.uuid("intent", row -> row.outcome().intent().value()),
                        Column.uuid(
                                "tenant", row -> row.outcome().caller().tenant().value()),
                        Column.uuid(
                                "project",
                                row -> row.outcome().caller().project().value()),
                        Column.uuid("key", row -> row.outcome().caller().key().value()),
                        Column.text("model", row -> row.outcome().model().value()),
                        Column.text("dialect", row -> lower(row.outcome().dialect())),
                        Column.text("kind", row -> lower(row.outcome().kind())),
                        Column.text(
                                "code",
                                row -> row.outcome().code().map(Code::wire).orElse(null)),
                        Column.text("reason", row -> row.outcome().reason().orElse(null)),
                        Column.text(
                                "rule",
                                row -> row.outcome().rule().map(RuleId::value).orElse(null)),
                        Column.text("policy", row -> row.outcome().policy()),
                        Column.json("coverage", row -> stated(row.outcome().coverage())),
                        Column.json("attempts", OutcomeRow::attempts),
                        Column.int8("prompt_tokens", row -> row.totals().usage().prompt()),
                        Column.int8("cached_tokens", row -> row.totals().usage().cached()),
                        Column.int8(
                                "completion_tokens", row -> row.totals().usage().completion()),
                        Column.int8(
                                "reasoning_tokens", row -> row.totals().usage().reasoning()),
                        Column.bool("exact", row -> row.totals().usage().exact()),
                        Column.float4(
                                "queue_ms", row -> row.totals().usage().meters().queueMs()),
                        Column.float4(
                                "prefill_ms",
                                row -> row.totals().usage().meters().prefillMs()),
                        Column.float4(
                                "decode_ms",
                                row -> row.totals().usage().meters().decodeMs()),
                        Column.float4(
                                "step_rows",
                                row -> row.totals().usage().meters().stepRows()),
                        Column.float4(
                                "first_token_ms", row -> stated(row.outcome().firstTokenMs())),
                        Column.float4("total_ms", row -> row.outcome().totalMs()),
                        Column.int8("charge_nano", row -> row.totals().chargeNano()),
                        Column.int8("cost_nano", row -> row.totals().costNano())));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long stated(Bound bound) {
        return bound.maxOutput() == Bound.UNSTATED ? null : bound.maxOutput();
    }

    private static @Nullable String stated(String json) {
        return json.isEmpty() ? null : json;
    }

    private static @Nullable Double stated(double milliseconds) {
        return milliseconds < 0 ? null : milliseconds;
    }
}
