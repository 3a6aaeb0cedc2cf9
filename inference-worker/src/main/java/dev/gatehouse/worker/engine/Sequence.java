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
    private boolean held;
    private final Family family;

    Sequence(int[] prompt) {
        this(prompt, new Family(prompt.length));
    }

    /** @param family of those with the same prompt */
    Sequence(int[] prompt, Family family) {
        this.family = family;
        family.join(this);
        this.tokens = Arrays.copyOf(prompt, prompt.length + 64);
        this.length = prompt.length;
    }

    Family family() {
        return family;
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

    /** It has to wait, and keeps its KV cache. */
    boolean paused() {
        return paused;
    }

    /** It gets no rows now. */
    boolean idle() {
        return paused || held;
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

    /** It has to let others of its family go first, and may lose its KV cache. */
    void hold(boolean now) {
        held = now;
    }

    void pause(boolean now) {
        paused = now;
    }
}
