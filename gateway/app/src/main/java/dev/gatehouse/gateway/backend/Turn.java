package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Usage;

/** A point in an answer at which its story has to decide. */
public sealed interface Turn {

    /** The answer is about to reach its cap of completion tokens. Raised once for each cap. */
    record NeedsMore(long cap) implements Turn {}

    /** The upstream is gone; {@code wrote} tells whether the client has seen anything of it. */
    record Lost(Problem why, boolean wrote) implements Turn {}

    /** The upstream's own no. */
    record Refused(Problem why) implements Turn {}

    /** The guard ended the answer. */
    record Cut(RuleId rule) implements Turn {}

    /** The answer is complete, and its end is held until {@link Flow#release}. */
    record Ended(Usage usage, Reason why) implements Turn {}

    /** The client left, or its deadline passed. Sticky: the next flow on the same sink gets it at once. */
    record Left(Cause why) implements Turn {}
}
