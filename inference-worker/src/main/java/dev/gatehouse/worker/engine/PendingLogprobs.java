package dev.gatehouse.worker.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Log probabilities that no chunk has carried yet. That of a token goes with the chunk that shows the last of its text; that
 * of one without text goes nowhere.
 */
final class PendingLogprobs {

    private final Deque<Token> tokens = new ArrayDeque<>();
    private int shown; // bytes of the first token that chunks have shown already

    private record Token(byte[] text, TokenLogprob logprob) {}

    void add(byte[] text, TokenLogprob logprob) {
        tokens.add(new Token(text, logprob));
    }

    /** Moves those of the tokens whose text ends within this shown text; if the text is not theirs letter by letter, all. */
    void take(String text, List<TokenLogprob> to) {
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
            TokenLogprob logprob = tokens.remove().logprob();
            if (at > from) {
                to.add(logprob);
            }
        }
        shown = tokens.isEmpty() ? 0 : end - at;
    }

    /** Moves all that are left. */
    void takeAll(List<TokenLogprob> to) {
        tokens.stream()
                .filter(token -> token.text().length > 0)
                .map(Token::logprob)
                .forEach(to::add);
        tokens.clear();
        shown = 0;
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
