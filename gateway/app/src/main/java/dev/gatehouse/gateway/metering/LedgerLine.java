package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Instant;

/**
 * What one dispatch of a request used, or by how much an earlier line was wrong.
 *
 * @param place where the line stands in the ledger
 * @param model by the name that the caller used
 * @param node who generated
 * @param tokens in a correction also negative
 * @param exact counted by whoever generated; otherwise at least these were used
 * @param due whether the caller owes it
 * @param charge what the caller owes, in nano-units of the currency; 0 when nothing is due
 * @param cost what it cost us, in nano-units of the currency
 */
public record LedgerLine(
        Place place,
        Caller caller,
        ModelName model,
        String node,
        Tokens tokens,
        boolean exact,
        boolean due,
        long charge,
        long cost,
        Instant recorded) {

    /** Whether a line tells of a use, or corrects one. */
    public enum Kind {
        USAGE,
        CORRECTION
    }

    /** Unique; lines of later requests come later. */
    public record Place(IntentId request, int attempt, Kind kind) {}

    /**
     * Tokens by class.
     *
     * @param prompt all prompt tokens, cached ones included
     * @param completion all tokens generated, reasoning included
     */
    public record Tokens(long prompt, long cached, long completion, long reasoning) {}
}
