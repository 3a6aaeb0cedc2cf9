package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.backend.Recalled;
import dev.gatehouse.gateway.vocabulary.Charge;
import java.util.Set;

/** Prices what nodes remember. */
final class Recollected {

    /** Reasons of a node's record that are its own fault. */
    private static final Set<String> NODE_FAILED = Set.of("failed", "died");

    private Recollected() {}

    /** There was a further attempt only because the one before had failed, which the caller does not owe. */
    static Charge charge(Recalled.Attempt attempt, Terms terms, boolean last) {
        boolean due = last && !NODE_FAILED.contains(attempt.reason());
        long cost = terms.tariff().of(attempt.usage().meters());
        return new Charge(attempt.number(), attempt.usage(), terms.dearest(), cost, due);
    }
}
