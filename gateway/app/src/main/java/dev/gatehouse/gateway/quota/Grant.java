package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Problem;

/** The answer to a request for more tokens. */
public sealed interface Grant {

    /** Completion tokens now allowed in all. */
    long total();

    record Granted(long total) implements Grant {}

    /** There is no more; the answer ends at {@code total}. */
    record Capped(long total, Problem why) implements Grant {}
}
