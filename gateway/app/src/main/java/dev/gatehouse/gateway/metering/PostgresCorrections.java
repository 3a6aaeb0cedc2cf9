package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.quota.Spendings;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Appends correction lines, in one transaction with the mark that says so and with the limits. */
@Component
final class PostgresCorrections implements Corrections {

    private static final String MARK = "INSERT INTO corrections (request) VALUES (?) ON CONFLICT DO NOTHING";

    private static final String WRITTEN = """
            SELECT attempt, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano
            FROM ledger WHERE request = ? AND kind = 'usage'""";

    private static final String APPEND = """
            INSERT INTO ledger (request, attempt, kind, tenant, project, key, model, node, start_id, prompt_tokens, cached_tokens,
                completion_tokens, reasoning_tokens, exact, due, charge_nano, cost_nano)
            VALUES (:request, :attempt, 'correction', :tenant, :project, :key, :model, :node, :start, :prompt, :cached, :completion,
                :reasoning, :exact, :due, :charge, :cost)""";

    private final CoreDatabase core;
    private final Spendings spendings;

    PostgresCorrections(CoreDatabase core, Spendings spendings) {
        this.core = core;
        this.spendings = spendings;
    }

    @Override
    public boolean correct(Request request, List<Dispatched> all) {
        return core.transact(client -> {
            boolean first = client.sql(MARK).param(request.id().value()).update() == 1;
            if (first) {
                append(client, request, differences(written(client, request.id()), request, all));
            }
            return first;
        });
    }

    private static Map<Integer, Amount> written(JdbcClient client, IntentId request) {
        return client
                .sql(WRITTEN)
                .param(request.value())
                .query((row, _) -> Map.entry(
                        row.getInt("attempt"),
                        new Amount(
                                new LedgerLine.Tokens(
                                        row.getLong("prompt_tokens"),
                                        row.getLong("cached_tokens"),
                                        row.getLong("completion_tokens"),
                                        row.getLong("reasoning_tokens")),
                                row.getBoolean("exact"),
                                row.getBoolean("due"),
                                row.getLong("charge_nano"),
                                row.getLong("cost_nano"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<Difference> differences(Map<Integer, Amount> written, Request request, List<Dispatched> all) {
        return all.stream()
                .map(one ->
                        difference(Optional.ofNullable(written.get(one.charge().attempt())), request, one))
                .filter(difference -> !difference.before.equals(difference.after))
                .toList();
    }

    private static Difference difference(Optional<Amount> before, Request request, Dispatched one) {
        boolean due = request.blind()
                ? one.charge().due()
                : before.map(Amount::due).orElse(one.charge().due());
        return new Difference(
                one.node(), one.charge().attempt(), before.orElse(Amount.NONE), Amount.of(one.charge(), due));
    }

    private void append(JdbcClient client, Request request, List<Difference> differences) {
        differences.forEach(difference -> append(client, request, difference));
        spendings.correct(
                request.caller(),
                request.model(),
                request.id().at(),
                differences.stream()
                        .mapToLong(one -> one.after.owedPrompt() - one.before.owedPrompt())
                        .sum(),
                differences.stream()
                        .mapToLong(one -> one.after.owedCompletion() - one.before.owedCompletion())
                        .sum(),
                differences.stream()
                        .mapToLong(one -> one.after.charge - one.before.charge)
                        .sum());
    }

    private static void append(JdbcClient client, Request request, Difference one) {
        LedgerLine.Tokens more = one.tokens();
        client.sql(APPEND)
                .param("request", request.id().value())
                .param("attempt", one.attempt)
                .param("tenant", request.caller().tenant().value())
                .param("project", request.caller().project().value())
                .param("key", request.caller().key().value())
                .param("model", request.model().value())
                .param("node", one.node)
                .param("start", request.start())
                .param("prompt", more.prompt())
                .param("cached", more.cached())
                .param("completion", more.completion())
                .param("reasoning", more.reasoning())
                .param("exact", one.after.exact)
                .param("due", one.after.due)
                .param("charge", one.after.charge - one.before.charge)
                .param("cost", one.after.cost - one.before.cost)
                .update();
    }

    /** What an attempt is said to have used. */
    private record Amount(LedgerLine.Tokens tokens, boolean exact, boolean due, long charge, long cost) {

        static final Amount NONE = new Amount(new LedgerLine.Tokens(0, 0, 0, 0), true, false, 0, 0);

        static Amount of(Charge charge, boolean due) {
            Usage usage = charge.usage();
            return new Amount(
                    new LedgerLine.Tokens(usage.prompt(), usage.cached(), usage.completion(), usage.reasoning()),
                    usage.exact(),
                    due,
                    due ? charge.price().of(usage) : 0,
                    charge.cost());
        }

        long owedPrompt() {
            return due ? tokens.prompt() : 0;
        }

        long owedCompletion() {
            return due ? tokens.completion() : 0;
        }
    }

    private record Difference(String node, int attempt, Amount before, Amount after) {

        LedgerLine.Tokens tokens() {
            LedgerLine.Tokens was = before.tokens;
            LedgerLine.Tokens is = after.tokens;
            return new LedgerLine.Tokens(
                    is.prompt() - was.prompt(),
                    is.cached() - was.cached(),
                    is.completion() - was.completion(),
                    is.reasoning() - was.reasoning());
        }
    }
}
