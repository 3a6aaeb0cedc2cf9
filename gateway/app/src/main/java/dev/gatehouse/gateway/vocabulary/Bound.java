package dev.gatehouse.gateway.vocabulary;

/**
 * An upper bound of what a request can use; never too small.
 *
 * @param maxInput prompt tokens: at most the bytes of the body plus what a template adds
 * @param maxOutput completion tokens of one choice; {@link #UNSTATED} when the client set no limit
 */
public record Bound(long maxInput, long maxOutput, int choices) {

    /** The client left the length of the answer to the model. */
    public static final long UNSTATED = Long.MAX_VALUE;

    /** Completion tokens of all choices; {@link #UNSTATED} when the client set no limit. */
    public long maxCompletion() {
        return maxOutput == UNSTATED ? UNSTATED : maxOutput * choices;
    }
}
