package dev.gatehouse.gateway.quota;

/** What a limit counts. */
public enum Measure {
    REQUESTS("requests"),
    INPUT_TOKENS("input tokens"),
    OUTPUT_TOKENS("output tokens"),
    TOTAL_TOKENS("tokens"),
    /** Answers under way at a time. */
    STREAMS("streams at a time"),
    /** Nano-units of the currency. */
    CHARGE("nano-units of the currency");

    private final String words;

    Measure(String words) {
        this.words = words;
    }

    /** As a message names it. */
    String words() {
        return words;
    }

    boolean isTokens() {
        return switch (this) {
            case INPUT_TOKENS, OUTPUT_TOKENS, TOTAL_TOKENS -> true;
            case REQUESTS, STREAMS, CHARGE -> false;
        };
    }
}
