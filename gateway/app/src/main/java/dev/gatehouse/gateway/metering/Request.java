package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request and what became of it.
 *
 * @param names of what the caller belongs to
 * @param model by the name that the caller used
 * @param kind how it ended, as the database names it; {@link #OPEN} while it has not
 * @param code why it failed or was refused
 * @param reason how the answer ended
 * @param rule the guard's rule that refused or cut it
 * @param nodes who generated, in no order
 * @param tokens by the ledger, corrections included
 * @param exact counted by whoever generated; otherwise at least these were used
 * @param charge what the caller owes, in nano-units of the currency
 * @param cost what it cost us, in nano-units of the currency
 * @param firstTokenMs from arrival to the first token that left; empty when none left
 * @param totalMs from arrival to the outcome, or to now
 * @param recorded when the outcome was; empty while there is none
 */
public record Request(
        IntentId id,
        Caller caller,
        Names names,
        ModelName model,
        String dialect,
        String kind,
        Optional<String> code,
        Optional<String> reason,
        Optional<String> rule,
        List<String> nodes,
        LedgerLine.Tokens tokens,
        boolean exact,
        long charge,
        long cost,
        Optional<Double> firstTokenMs,
        double totalMs,
        Optional<Instant> recorded) {

    /** The kind of a request that has not ended. */
    public static final String OPEN = "open";

    /** The caller's places by name; empty for what is not there any more. */
    public record Names(Optional<String> tenant, Optional<String> project, Optional<String> key) {}
}
