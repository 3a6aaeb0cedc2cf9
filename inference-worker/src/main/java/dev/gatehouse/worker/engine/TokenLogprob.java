package dev.gatehouse.worker.engine;

import java.util.List;

/**
 * A token with its natural-log probability before sampling filters.
 *
 * @param bytes the token's bytes, which need not be whole characters
 * @param top the most probable tokens, most probable first
 */
public record TokenLogprob(byte[] bytes, double logprob, List<Alternative> top) {

    /** A token that could have been chosen. */
    public record Alternative(byte[] bytes, double logprob) {}
}
