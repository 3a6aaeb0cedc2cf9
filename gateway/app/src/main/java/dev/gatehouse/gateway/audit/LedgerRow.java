package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.database.Instance;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;

/** What one dispatch of a request used, as a line of the ledger: written with the outcome, so that neither is there without the other. */
record LedgerRow(Outcome outcome, Outcome.Attempt attempt) {

    private static final String USAGE = "usage";

    /** One for each dispatch. */
    static List<LedgerRow> of(List<OutcomeRow> outcomes) {
        return outcomes.stream()
                .map(OutcomeRow::outcome)
                .flatMap(outcome -> outcome.attempts().stream().map(attempt -> new LedgerRow(outcome, attempt)))
                .toList();
    }

    /** @param instance the start that served what no other one did */
    static PostgresTable<LedgerRow> table(Instance instance) {
        return new PostgresTable<>(
                "ledger",
                List.of(
                        Column.uuid("request", row -> row.outcome.intent().value()),
                        Column.int4("attempt", row -> row.charge().attempt()),
                        Column.text("kind", _ -> USAGE),
                        Column.uuid(
                                "tenant", row -> row.outcome.caller().tenant().value()),
                        Column.uuid(
                                "project", row -> row.outcome.caller().project().value()),
                        Column.uuid("key", row -> row.outcome.caller().key().value()),
                        Column.text("model", row -> row.outcome.model().value()),
                        Column.text("node", row -> row.attempt.node()),
                        Column.int8("start_id", row -> row.outcome.start().orElse(instance.startId())),
                        Column.int8("prompt_tokens", row -> row.usage().prompt()),
                        Column.int8("cached_tokens", row -> row.usage().cached()),
                        Column.int8("completion_tokens", row -> row.usage().completion()),
                        Column.int8("reasoning_tokens", row -> row.usage().reasoning()),
                        Column.bool("exact", row -> row.usage().exact()),
                        Column.bool("due", row -> row.charge().due()),
                        Column.int8("charge_nano", row -> row.charge().nano()),
                        Column.int8("cost_nano", row -> row.charge().cost())));
    }

    private Charge charge() {
        return attempt.charge();
    }

    private Usage usage() {
        return charge().usage();
    }
}
