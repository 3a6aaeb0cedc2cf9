package dev.gatehouse.gateway.audit;

/** An outcome as it is written. */
record OutcomeRow(Outcome outcome, Totals totals, String attempts) {

    static OutcomeRow of(Outcome outcome) {
        return new OutcomeRow(outcome, Totals.of(outcome), AttemptsJson.write(outcome.attempts()));
    }
}
