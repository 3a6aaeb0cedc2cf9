package dev.gatehouse.worker.engine;

import java.util.List;

/**
 * Counts the tokens of an answer that are thinking: those up to and with the one that completes the end marker, if the prompt
 * opened the thinking or the answer begins with the start marker. The token that ends the answer is none of them.
 */
final class ThinkingCount {

    private final String start;
    private final List<String> ends;
    private final StringBuilder text = new StringBuilder();
    private State state;
    private int tokens;

    private enum State {
        BEFORE,
        INSIDE,
        AFTER
    }

    /**
     * @param inside the prompt ends inside the thinking
     * @param start marker; empty if the model does not think
     */
    ThinkingCount(boolean inside, String start, List<String> ends) {
        this.start = start;
        this.ends = ends;
        this.state = inside ? State.INSIDE : start.isEmpty() ? State.AFTER : State.BEFORE;
    }

    /** The next token; its text may be empty. */
    void token(String more) {
        if (state == State.AFTER) {
            return;
        }
        tokens++;
        text.append(more);
        if (state == State.BEFORE) {
            begin();
        }
        if (state == State.INSIDE) {
            end();
        }
    }

    /** Thinking tokens so far. */
    int tokens() {
        return state == State.BEFORE ? 0 : tokens;
    }

    private void begin() {
        String said = text.toString().stripLeading();
        if (said.startsWith(start)) {
            state = State.INSIDE;
        } else if (!start.startsWith(said)) {
            state = State.AFTER;
            tokens = 0;
        }
    }

    private void end() {
        if (ends.stream().anyMatch(marker -> text.indexOf(marker) >= 0)) {
            state = State.AFTER;
        }
        int longest = ends.stream().mapToInt(String::length).max().orElse(0);
        text.delete(0, Math.max(0, text.length() - longest));
    }
}
