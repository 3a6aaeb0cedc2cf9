package dev.gatehouse.worker.ledger;

/**
 * Sums over exchanges, by class of token.
 *
 * @param exchanges how many
 * @param prompt all tokens of the prompts, cached ones included
 * @param completion all tokens generated, reasoning included
 */
public record Totals(long exchanges, long prompt, long cached, long completion, long reasoning) {

    static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    Totals plus(Counts counts) {
        return new Totals(
                exchanges + 1,
                prompt + counts.prompt(),
                cached + counts.cached(),
                completion + counts.completion(),
                reasoning + counts.reasoning());
    }
}
