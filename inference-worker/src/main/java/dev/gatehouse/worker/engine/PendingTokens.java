package dev.gatehouse.worker.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Tokens that no chunk has carried yet. A token goes with the chunk that shows the last of its text; one without text goes
 * with the next chunk.
 */
final class PendingTokens {

    private final Deque<Token> tokens = new ArrayDeque<>();
    private int shown; // bytes of the first token that chunks have shown already

    private record Token(int id, byte[] text, Optional<TokenLogprob> logprob) {}

    /** Tokens for a chunk. */
    record Taken(List<Integer> ids, List<TokenLogprob> logprobs) {

        static Taken none() {
            return new Taken(new ArrayList<>(), new ArrayList<>());
        }
    }

    void add(int id, byte[] text, Optional<TokenLogprob> logprob) {
        tokens.add(new Token(id, text, logprob));
    }

    /** Moves the tokens whose text ends within this shown text to a chunk; if the text is not theirs letter by letter, all of them. */
    void take(String text, Taken to) {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        byte[] raw = raw();
        int from = lastIndexOf(raw, wanted);
        if (from < 0) {
            takeAll(to);
            return;
        }
        int end = from + wanted.length;
        int at = -shown;
        while (!tokens.isEmpty() && at + tokens.element().text().length <= end) {
            at += tokens.element().text().length;
            move(to, at > from);
        }
        shown = tokens.isEmpty() ? 0 : end - at;
    }

    /** All that is left, with log probabilities where there is text. */
    void takeAll(Taken to) {
        while (!tokens.isEmpty()) {
            move(to, tokens.element().text().length > 0);
        }
        shown = 0;
    }

    /** All that is left: tokens whose text is never shown. */
    void takeSilent(Taken to) {
        while (!tokens.isEmpty()) {
            move(to, false);
        }
        shown = 0;
    }

    private void move(Taken to, boolean withLogprob) {
        Token token = tokens.remove();
        to.ids().add(token.id());
        if (withLogprob) {
            token.logprob().ifPresent(to.logprobs()::add);
        }
    }

    private byte[] raw() {
        byte[] raw =
                new byte[tokens.stream().mapToInt(token -> token.text().length).sum()];
        int at = 0;
        for (Token token : tokens) {
            System.arraycopy(token.text(), 0, raw, at, token.text().length);
            at += token.text().length;
        }
        return Arrays.copyOfRange(raw, Math.min(shown, raw.length), raw.length);
    }

    private static int lastIndexOf(byte[] text, byte[] wanted) {
        for (int at = text.length - wanted.length; at >= 0; at--) {
            if (Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
