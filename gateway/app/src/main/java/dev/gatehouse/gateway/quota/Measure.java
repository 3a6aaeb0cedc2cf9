package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Money;
import java.util.Locale;
import java.util.regex.Pattern;

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

    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

    private final String words;

    Measure(String words) {
        this.words = words;
    }

    /** As a message names it. */
    String words() {
        return words;
    }

    /** So many units as JSON and people write them: money as a decimal number of the currency, all else as a whole number. */
    public String write(long units) {
        return this == CHARGE ? Money.words(units) : Long.toString(units);
    }

    /**
     * Reads what {@link #write} writes.
     *
     * @throws IllegalArgumentException when it is no such number
     */
    public long read(String text) {
        if (this == CHARGE) {
            return Money.nano(text);
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no whole number of %s".formatted(text, words));
        }
        return Long.parseLong(text);
    }

    /** Its name in JSON and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isTokens() {
        return switch (this) {
            case INPUT_TOKENS, OUTPUT_TOKENS, TOTAL_TOKENS -> true;
            case REQUESTS, STREAMS, CHARGE -> false;
        };
    }
}
