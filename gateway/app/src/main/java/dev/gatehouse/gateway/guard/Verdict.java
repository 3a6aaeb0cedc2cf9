package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.RuleId;

/** The guard's answer to a request. */
public sealed interface Verdict {

    /** It may go on, perhaps with masked text. */
    record Cleared(Screened what) implements Verdict {}

    /** It may not; the problem names the rule and where, never the text. */
    record Blocked(RuleId rule, PolicyVersion policy, Coverage coverage, Problem why) implements Verdict {}
}
