package dev.gatehouse.worker.engine;

import java.util.Arrays;

/** The tokens of one request, prompt and answer, and how many of them are in the KV cache. */
final class Sequence {

    static final int NO_SLOT = -1;

    private int[] tokens;
    private int length;
    private int computed;
    private int slot = NO_SLOT;
    private boolean paused;

    Sequence(int[] prompt) {
        this.tokens = Arrays.copyOf(prompt, prompt.length + 64);
        this.length = prompt.length;
    }

    int token(int position) {
        return tokens[position];
    }

    int length() {
        return length;
    }

    /** Tokens in the KV cache. */
    int computed() {
        return computed;
    }

    /** Tokens that are not in the KV cache yet. */
    int pending() {
        return length - computed;
    }

    /** Only the last token is still to be computed. */
    boolean decoding() {
        return computed > 0 && pending() == 1;
    }

    int slot() {
        return slot;
    }

    boolean paused() {
        return paused;
    }

    void append(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length * 2);
        }
        tokens[length++] = token;
    }

    void seat(int free) {
        slot = free;
    }

    void advance(int count) {
        computed += count;
    }

    void evict() {
        computed = 0;
    }

    void pause(boolean now) {
        paused = now;
    }
}
