package dev.gatehouse.bench.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A DeepSeek-V3-shaped mixture-of-experts model that nobody has trained: latent attention, a dense layer, then layers of
 * grouped experts with a sigmoid gate, a bias and a shared expert; 4,096 tokens of context; a tokenizer of its own; a chat
 * template in the style of V3.1 with thinking and tools. What it says is noise; what a grammar forces on it has true shape.
 * One feature is the same for all tokens: through it the model has habits, such as to end its answers after some dozens of tokens.
 */
public final class RandomModel {

    private static final int CONTEXT = 4096;
    private static final int LAYERS = 3;
    private static final int DENSE = 1;
    private static final int EMBEDDING = 128;
    private static final int HEADS = 4;
    private static final int QUERY_RANK = 64;
    private static final int KEY_RANK = 64;
    private static final int ROPE = 32;
    private static final int KEY = 32;
    private static final int VALUE = 32;
    private static final int DENSE_WIDTH = 256;
    private static final int EXPERTS = 8;
    private static final int EXPERT_WIDTH = 64;

    /** Standard deviation of the logits: wide enough that temperature 1 has favourites, and narrow enough that it has many. */
    private static final double LOGITS = 1.5;

    /** What all tokens have in common, in standard deviations of the other features; the first feature. */
    private static final float CONSTANT = 4;

    /** Added to logits: 4 makes a token about one of thirty. */
    private static final Map<String, Float> HABITS = Map.of(
            "<｜end▁of▁sentence｜>", 4f,
            "</think>", 4f,
            "<｜tool▁calls▁begin｜>", 4f,
            "<｜tool▁calls▁end｜>", 4f,
            "<｜tool▁call▁begin｜>", 4f,
            "\"", 4f);

    private final GgufFile file = new GgufFile();
    private final Tokenizer tokenizer = Tokenizer.of(Resource.read("corpus.txt"));
    private final Random random;

    private RandomModel(long seed) {
        this.random = new Random(seed);
    }

    /** About 3 MB of a GGUF file; the same bytes for the same seed. */
    public static byte[] bytes(long seed) {
        return new RandomModel(seed).build();
    }

    /** Writes the model to a file, whose name without {@code .gguf} is the model's id. */
    public static Path write(Path to, long seed) throws IOException {
        return Files.write(to, bytes(seed));
    }

    private byte[] build() {
        metadata();
        tokenizer.describe(file, Resource.read("chat-template.jinja"));
        embeddings();
        for (int layer = 0; layer < LAYERS; layer++) {
            attention("blk." + layer + ".");
            if (layer < DENSE) {
                gated("blk." + layer + ".ffn_%s.weight", DENSE_WIDTH);
            } else {
                experts("blk." + layer + ".");
            }
        }
        ones("output_norm.weight", EMBEDDING);
        output();
        return file.bytes();
    }

    private void embeddings() {
        float[] values = gaussian(1, EMBEDDING * tokenizer.size());
        for (int token = 0; token < tokenizer.size(); token++) {
            values[token * EMBEDDING] = CONSTANT;
        }
        file.tensor("token_embd.weight", values, EMBEDDING, tokenizer.size());
    }

    /** The last norm divides the constant by about two, for each layer has added to the other features. */
    private void output() {
        List<String> tokens = tokenizer.tokens();
        float[] values = gaussian(LOGITS / Math.sqrt(EMBEDDING), EMBEDDING * tokens.size());
        for (int token = 0; token < tokens.size(); token++) {
            values[token * EMBEDDING] = HABITS.getOrDefault(tokens.get(token), 0f) / (CONSTANT / 2);
        }
        file.tensor("output.weight", values, EMBEDDING, tokens.size());
    }

    private void metadata() {
        file.text("general.architecture", "deepseek2")
                .text("general.name", "random weights in the shape of DeepSeek-V3")
                .whole("deepseek2.context_length", CONTEXT)
                .whole("deepseek2.embedding_length", EMBEDDING)
                .whole("deepseek2.block_count", LAYERS)
                .whole("deepseek2.leading_dense_block_count", DENSE)
                .whole("deepseek2.feed_forward_length", DENSE_WIDTH)
                .whole("deepseek2.vocab_size", tokenizer.size())
                .real("deepseek2.attention.layer_norm_rms_epsilon", 1e-6f)
                .whole("deepseek2.attention.head_count", HEADS)
                .whole("deepseek2.attention.head_count_kv", 1)
                .whole("deepseek2.attention.q_lora_rank", QUERY_RANK)
                .whole("deepseek2.attention.kv_lora_rank", KEY_RANK)
                .whole("deepseek2.attention.key_length", KEY_RANK + ROPE)
                .whole("deepseek2.attention.value_length", KEY_RANK)
                .whole("deepseek2.attention.key_length_mla", KEY + ROPE)
                .whole("deepseek2.attention.value_length_mla", VALUE);
        positions();
        routing();
    }

    private void positions() {
        file.whole("deepseek2.rope.dimension_count", ROPE)
                .real("deepseek2.rope.freq_base", 10_000)
                .text("deepseek2.rope.scaling.type", "yarn")
                .real("deepseek2.rope.scaling.factor", 4)
                .whole("deepseek2.rope.scaling.original_context_length", CONTEXT / 4)
                .real("deepseek2.rope.scaling.yarn_log_multiplier", 0.1f);
    }

    private void routing() {
        file.whole("deepseek2.expert_count", EXPERTS)
                .whole("deepseek2.expert_used_count", 2)
                .whole("deepseek2.expert_shared_count", 1)
                .whole("deepseek2.expert_group_count", 4)
                .whole("deepseek2.expert_group_used_count", 2)
                .whole("deepseek2.expert_feed_forward_length", EXPERT_WIDTH)
                .whole("deepseek2.expert_gating_func", 2)
                .real("deepseek2.expert_weights_scale", 2.5f)
                .flag("deepseek2.expert_weights_norm", true);
    }

    private void attention(String block) {
        ones(block + "attn_norm.weight", EMBEDDING);
        projection(block + "attn_q_a.weight", EMBEDDING, QUERY_RANK);
        ones(block + "attn_q_a_norm.weight", QUERY_RANK);
        projection(block + "attn_q_b.weight", QUERY_RANK, HEADS * (KEY + ROPE));
        projection(block + "attn_kv_a_mqa.weight", EMBEDDING, KEY_RANK + ROPE);
        ones(block + "attn_kv_a_norm.weight", KEY_RANK);
        projection(block + "attn_k_b.weight", KEY, KEY_RANK, HEADS);
        projection(block + "attn_v_b.weight", KEY_RANK, VALUE, HEADS);
        projection(block + "attn_output.weight", HEADS * VALUE, EMBEDDING);
        ones(block + "ffn_norm.weight", EMBEDDING);
    }

    private void experts(String block) {
        projection(block + "ffn_gate_inp.weight", EMBEDDING, EXPERTS);
        weights(block + "exp_probs_b.bias", 0.01, EXPERTS);
        gated(block + "ffn_%s_exps.weight", EXPERT_WIDTH, EXPERTS);
        gated(block + "ffn_%s_shexp.weight", EXPERT_WIDTH);
    }

    private void gated(String name, long width, long... experts) {
        projection(name.formatted("gate"), shape(EMBEDDING, width, experts));
        projection(name.formatted("up"), shape(EMBEDDING, width, experts));
        projection(name.formatted("down"), shape(width, EMBEDDING, experts));
    }

    private static long[] shape(long in, long out, long... experts) {
        return experts.length == 0 ? new long[] {in, out} : new long[] {in, out, experts[0]};
    }

    /** Keeps the size of what goes through it. */
    private void projection(String name, long... shape) {
        weights(name, 1 / Math.sqrt(shape[0]), shape);
    }

    private void weights(String name, double deviation, long... shape) {
        file.tensor(name, gaussian(deviation, size(shape)), shape);
    }

    private float[] gaussian(double deviation, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    private void ones(String name, long size) {
        float[] values = new float[(int) size];
        Arrays.fill(values, 1);
        file.tensor(name, values, size);
    }

    private static int size(long... shape) {
        long size = 1;
        for (long extent : shape) {
            size *= extent;
        }
        return Math.toIntExact(size);
    }
}
