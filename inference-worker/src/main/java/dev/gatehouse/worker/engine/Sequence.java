package dev.gatehouse.worker.engine;

import java.util.Arrays;

/** The tokens of one answer and of its prompt, and how many of them are in the KV cache. */
final class Sequence {

    static final int NO_SLOT = -1;

    private final Caller caller;
    private final Account account = new Account();
    private final int prompt;
    private final int bound;
    private int[] tokens;
    private int length;
    private int computed;
    private int cached;
    private long arrival;
    private boolean served;
    private long servedAt;
    private int slot = NO_SLOT;
    private boolean paused;
    private boolean held;
    private StoredPrompt stored = StoredPrompt.none();

    /** @param bound completion tokens that it may have at most */
    Sequence(int[] prompt, Caller caller, int bound) {
        this.caller = caller;
        this.prompt = prompt.length;
        this.bound = bound;
        this.tokens = Arrays.copyOf(prompt, prompt.length + 64);
        this.length = prompt.length;
    }

    Caller caller() {
        return caller;
    }

    /** What the KV store has of its prompt. */
    StoredPrompt stored() {
        return stored;
    }

    void stored(StoredPrompt prompt) {
        stored = prompt;
    }

    Account account() {
        return account;
    }

    int token(int position) {
        return tokens[position];
    }

    int[] tokens(int from, int to) {
        return Arrays.copyOfRange(tokens, from, to);
    }

    int length() {
        return length;
    }

    /** Completion tokens. */
    int generated() {
        return length - prompt;
    }

    /** Completion tokens that may follow at most. */
    int bound() {
        return bound - generated();
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

    /** Its place in the order in which sequences came. */
    long arrival() {
        return arrival;
    }

    /** It has got rows; until then nothing was computed for it. */
    boolean served() {
        return served;
    }

    /** Tokens that were in the KV cache when it got its first rows. */
    int cached() {
        return cached;
    }

    /** The step that it got rows in last, or that it came before. */
    long servedAt() {
        return servedAt;
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

    void arrive(long place) {
        arrival = place;
    }

    void seat(int free, long step) {
        slot = free;
        servedAt = step;
    }

    /** Its cells are gone; it is computed again when it gets another slot. */
    void unseat() {
        slot = NO_SLOT;
        computed = 0;
    }

    void serve(long step) {
        if (!served) {
            served = true;
            cached = computed;
        }
        servedAt = step;
    }

    void advance(int count) {
        computed += count;
    }

    /** It has to let others of its request go first, and may lose its KV cache. */
    void hold(boolean now) {
        held = now;
    }

    void pause(boolean now) {
        paused = now;
    }
}
