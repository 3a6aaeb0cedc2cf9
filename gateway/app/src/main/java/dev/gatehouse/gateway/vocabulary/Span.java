package dev.gatehouse.gateway.vocabulary;

import java.util.List;

/**
 * One frame of an upstream.
 *
 * @param at completion tokens so far, this frame included
 * @param ids tokens that the frame adds; empty where the upstream does not tell
 * @param frame the frame's JSON as the client may see it
 * @param intact {@code deltas} says what {@code frame} says, so the frame may be forwarded as it is
 */
public record Span(long at, int[] ids, List<Delta> deltas, byte[] frame, boolean intact) {

    /** The same frame with other deltas, to be written anew. */
    public Span altered(List<Delta> others) {
        return new Span(at, ids, others, frame, false);
    }
}
