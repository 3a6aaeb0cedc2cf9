package dev.gatehouse.gateway.vocabulary;

/**
 * Tokens by class, and where the time went.
 *
 * @param prompt all prompt tokens, cached ones included
 * @param cached those of the prompt that were not computed again
 * @param completion all tokens generated, reasoning included
 * @param reasoning those of the completion that are thinking
 * @param exact counted by whoever generated; otherwise at least these were used
 */
public record Usage(long prompt, long cached, long completion, long reasoning, Meters meters, boolean exact) {

    public static final Usage NONE = new Usage(0, 0, 0, 0, Meters.NONE, true);

    /** What is known of an answer whose end was not seen. */
    public static Usage atLeast(long completion) {
        return new Usage(0, 0, completion, 0, Meters.NONE, false);
    }

    public long total() {
        return prompt + completion;
    }
}
