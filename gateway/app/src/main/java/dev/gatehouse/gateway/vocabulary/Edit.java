package dev.gatehouse.gateway.vocabulary;

/** Bytes {@code from} (inclusive) to {@code to} (exclusive) of a body become {@code replacement}. */
public record Edit(int from, int to, byte[] replacement) {

    public Edit {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("an edit goes from " + from + " to " + to);
        }
    }
}
