package dev.gatehouse.bench.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A tokenizer in DeepSeek-V3's order: three control tokens, the bytes, the merges, and the markers of chats, thinking and
 * tool calls, which are words of the template and no control tokens. Words that no text is cut into may follow: they make the
 * vocabulary as large as a real one.
 */
final class Tokenizer {

    private static final int MERGES = 253;
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    private static final List<String> CONTROLS = List.of("<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜▁pad▁｜>");

    private static final List<String> MARKERS = List.of(
            "<｜User｜>",
            "<｜Assistant｜>",
            "<think>",
            "</think>",
            "<｜tool▁calls▁begin｜>",
            "<｜tool▁calls▁end｜>",
            "<｜tool▁call▁begin｜>",
            "<｜tool▁call▁end｜>",
            "<｜tool▁sep｜>",
            "<｜tool▁output▁begin｜>",
            "<｜tool▁output▁end｜>");

    private final BytePairs pairs;
    private final int words;

    private Tokenizer(BytePairs pairs, int words) {
        this.pairs = pairs;
        this.words = words;
    }

    static Tokenizer of(String text) {
        return new Tokenizer(BytePairs.train(text, MERGES), 0);
    }

    /** One with so many tokens in all; with as many as it needs, where that is more. */
    static Tokenizer of(String text, int size) {
        BytePairs pairs = BytePairs.train(text, MERGES);
        return new Tokenizer(pairs, Math.max(0, size - new Tokenizer(pairs, 0).size()));
    }

    int size() {
        return tokens().size();
    }

    /** The first of the words that no text is cut into. */
    int wordsFrom() {
        return size() - words;
    }

    void describe(GgufFile file, String template) {
        file.text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", "deepseek-v3")
                .texts("tokenizer.ggml.tokens", tokens())
                .wholes("tokenizer.ggml.token_type", types())
                .texts("tokenizer.ggml.merges", pairs.merges())
                .whole("tokenizer.ggml.bos_token_id", 0)
                .whole("tokenizer.ggml.eos_token_id", 1)
                .whole("tokenizer.ggml.padding_token_id", 2)
                .flag("tokenizer.ggml.add_bos_token", true)
                .flag("tokenizer.ggml.add_eos_token", false)
                .text("tokenizer.chat_template", template);
    }

    /** As the model file spells them. */
    List<String> tokens() {
        List<String> tokens = new ArrayList<>(CONTROLS);
        tokens.addAll(BytePairs.alphabet());
        tokens.addAll(pairs.tokens());
        tokens.addAll(MARKERS);
        for (int word = 0; word < words; word++) {
            tokens.add("Ġword" + word);
        }
        return tokens;
    }

    private List<Integer> types() {
        List<Integer> types = new ArrayList<>(Collections.nCopies(size(), NORMAL));
        Collections.fill(types.subList(0, CONTROLS.size()), CONTROL);
        int end = wordsFrom();
        Collections.fill(types.subList(end - MARKERS.size(), end), USER_DEFINED);
        return types;
    }
}
