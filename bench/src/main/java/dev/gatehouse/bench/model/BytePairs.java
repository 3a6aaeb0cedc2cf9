package dev.gatehouse.bench.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Byte-pair encoding, trained on a text: the most frequent pair of neighbours becomes one token, again and again
 * (Sennrich, Haddow, Birch: Neural Machine Translation of Rare Words with Subword Units, 2016). Bytes are written as the characters that GPT-2 gave them.
 */
final class BytePairs {

    /** Words with the space before them, and runs of punctuation: what no tokenizer of this family cuts itself. */
    private static final Pattern WORDS = Pattern.compile(" ?\\p{L}+|[^\\s\\p{L}\\p{N}]+");

    private static final Comparator<Map.Entry<List<String>, Integer>> MOST_FREQUENT =
            Map.Entry.<List<String>, Integer>comparingByValue()
                    .thenComparing(entry -> String.join(" ", entry.getKey()), Comparator.reverseOrder());

    private final Map<List<String>, Integer> words;
    private final List<String> merges = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();

    private BytePairs(Map<List<String>, Integer> words) {
        this.words = words;
    }

    /** @param most merges; fewer when nothing repeats */
    static BytePairs train(String text, int most) {
        Map<List<String>, Integer> words = new HashMap<>();
        WORDS.matcher(text)
                .results()
                .map(MatchResult::group)
                .forEach(word -> words.merge(symbols(word), 1, Integer::sum));
        BytePairs pairs = new BytePairs(words);
        while (pairs.merges.size() < most && pairs.learn()) {}
        return pairs;
    }

    /** All bytes, as one character each, in order of their values. */
    static List<String> alphabet() {
        List<String> alphabet = new ArrayList<>();
        for (int value = 0; value < 256; value++) {
            alphabet.add(symbol(value));
        }
        return alphabet;
    }

    /** {@code left right}, in the order in which they apply. */
    List<String> merges() {
        return List.copyOf(merges);
    }

    /** What the merges make, in the same order. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    private boolean learn() {
        Map<List<String>, Integer> counts = new TreeMap<>(Comparator.comparing(pair -> String.join(" ", pair)));
        words.forEach((word, count) -> {
            for (int i = 0; i + 1 < word.size(); i++) {
                counts.merge(List.of(word.get(i), word.get(i + 1)), count, Integer::sum);
            }
        });
        var best =
                counts.entrySet().stream().filter(entry -> entry.getValue() > 1).max(MOST_FREQUENT);
        best.ifPresent(entry -> merge(entry.getKey().getFirst(), entry.getKey().getLast()));
        return best.isPresent();
    }

    private void merge(String left, String right) {
        merges.add(left + " " + right);
        tokens.add(left + right);
        Map<List<String>, Integer> merged = new HashMap<>();
        words.forEach((word, count) -> merged.merge(merged(word, left, right), count, Integer::sum));
        words.clear();
        words.putAll(merged);
    }

    private static List<String> merged(List<String> word, String left, String right) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < word.size(); i++) {
            boolean pair = i + 1 < word.size()
                    && word.get(i).equals(left)
                    && word.get(i + 1).equals(right);
            result.add(pair ? left + right : word.get(i));
            i += pair ? 1 : 0;
        }
        return result;
    }

    private static List<String> symbols(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        String[] symbols = new String[bytes.length];
        Arrays.setAll(symbols, i -> symbol(bytes[i] & 0xFF));
        return List.of(symbols);
    }

    /** Printable bytes are their own character; the others follow from U+0100 on, in order. */
    private static String symbol(int value) {
        return Character.toString(isPrintable(value) ? value : 256 + unprintableBefore(value));
    }

    private static int unprintableBefore(int value) {
        int count = 0;
        for (int other = 0; other < value; other++) {
            count += isPrintable(other) ? 0 : 1;
        }
        return count;
    }

    private static boolean isPrintable(int value) {
        return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || (value >= 0xAE && value <= 0xFF);
    }
}
