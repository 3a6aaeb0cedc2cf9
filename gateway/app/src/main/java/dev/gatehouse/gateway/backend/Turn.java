package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.Optional;

/** A point in an answer at which its story has to decide. */
public sealed interface Turn {

    /** The answer is about to reach its cap of completion tokens. Raised once for each cap. */
    record NeedsMore(long cap) implements Turn {}

    /**
     * The upstream is gone.
     *
     * @param wrote the client has seen something of its answer
     * @param seen what has arrived of it; empty where no other upstream could go on from that
     */
    record Lost(Problem why, boolean wrote, Optional<Transcript> seen) implements Turn {

        /** Before the client has seen anything. */
        public static Lost unseen(Problem why) {
            return new Lost(why, false, Optional.empty());
        }
    }

    /** The upstream's own no. */
    record Refused(Problem why) implements Turn {}

    /** The guard ended the answer. */
    record Cut(RuleId rule) implements Turn {}

    /** The answer is complete, and its end is held until {@link Flow#release}. */
    record Ended(Usage usage, Reason why) implements Turn {}

    /** The client left, or its deadline passed. Sticky: the next flow on the same sink gets it at once. */
    record Left(Cause why) implements Turn {}
}
