package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;

/** What one event of a node's answer says. */
sealed interface Frame {

    /** A piece of the answer. */
    record Piece(Span span) implements Frame {}

    /** The exact count; the answer is complete. */
    record Total(Usage usage) implements Frame {}

    /** The node could not go on. */
    record Failed(Problem why) implements Frame {}

    /** {@code [DONE]}. */
    record Done() implements Frame {}
}
