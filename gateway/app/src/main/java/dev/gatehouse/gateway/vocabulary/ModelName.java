package dev.gatehouse.gateway.vocabulary;

/** The name by which a model is asked for. */
public record ModelName(String value) {

    /** Longest name accepted, in characters. */
    public static final int MAX_LENGTH = 256;

    public ModelName {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a model's name has 1 to " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
