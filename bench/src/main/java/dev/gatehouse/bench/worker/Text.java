package dev.gatehouse.bench.worker;

import java.util.Random;
import java.util.stream.Collectors;

/** Prose without sense, of a wanted number of tokens. */
final class Text {

    private static final String[] WORDS = {
        "a", "river", "runs", "past", "the", "old", "mill", "and", "people", "of", "this", "town", "count", "its",
        "days", "by"
    };

    private final double tokensPerWord;

    /** @param tokensPerWord as the model's tokenizer cuts it */
    Text(double tokensPerWord) {
        this.tokensPerWord = tokensPerWord;
    }

    /** So many words; another number begins with other words. */
    static String words(long number, int count) {
        Random random = new Random(number);
        return number + " "
                + random.ints(count, 0, WORDS.length)
                        .mapToObj(word -> WORDS[word])
                        .collect(Collectors.joining(" "));
    }

    /** About so many tokens; the same text for the same number. */
    String of(long number, int tokens) {
        return words(number, Math.max(1, (int) (tokens / tokensPerWord)));
    }
}
