package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.RuleId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of an intent.
 *
 * @param model by the name that the caller used
 * @param dialect in which the caller asked
 * @param start the start of the gateway that served it; empty when that is this one
 * @param code why it failed or was refused
 * @param reason how the answer ended, in lower case
 * @param rule the guard's rule that refused or cut it
 * @param policy the guard's policy; empty when it was not reached
 * @param coverage what the guard looked at, as JSON
 * @param attempts one for each dispatch, in order
 * @param firstTokenMs from arrival to the first token that left; negative when none left
 * @param totalMs from arrival to the outcome
 */
public record Outcome(
        IntentId intent,
        Caller caller,
        ModelName model,
        Dialect dialect,
        OptionalLong start,
        Kind kind,
        Optional<Code> code,
        Optional<String> reason,
        Optional<RuleId> rule,
        String policy,
        String coverage,
        List<Attempt> attempts,
        double firstTokenMs,
        double totalMs) {

    /** How it ended. */
    public enum Kind {
        COMPLETED,
        /** Policy, limit, routing or the node itself said no; nothing was generated. */
        REFUSED,
        /** The guard ended the answer. */
        CUT,
        /** The client left. */
        LEFT,
        FAILED,
        /** Found after a crash: no node has a record of it. */
        NOT_DISPATCHED,
        /** Found after a crash: closed from the node's record. */
        RECOVERED,
        /** Found after a crash: a node that may know more could not be reached. */
        UNKNOWN;

        /** Whether the client's answer ends well, for which it waits until the outcome is durable. */
        boolean releasesTheAnswer() {
            return switch (this) {
                case COMPLETED, CUT -> true;
                case REFUSED, LEFT, FAILED, NOT_DISPATCHED, RECOVERED, UNKNOWN -> false;
            };
        }
    }

    /** One dispatch: where it went, what it used there, what the caller owes and what it cost us. */
    public record Attempt(String node, Charge charge) {

        private Attempt waived() {
            return new Attempt(node, charge.waived());
        }
    }

    /** The same after its client was told that the answer failed for want of a record: nothing is charged. */
    Outcome withheld() {
        return new Outcome(
                intent,
                caller,
                model,
                dialect,
                start,
                Kind.FAILED,
                Optional.of(Code.AUDIT_UNAVAILABLE),
                reason,
                rule,
                policy,
                coverage,
                attempts.stream().map(Attempt::waived).toList(),
                firstTokenMs,
                totalMs);
    }
}
