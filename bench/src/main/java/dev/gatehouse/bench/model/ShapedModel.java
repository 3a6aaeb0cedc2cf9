package dev.gatehouse.bench.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A model of a shape with random weights, for speed and for nothing else. Greedily it says words and never an end, a marker or
 * part of a character: what those would start costs differently from server to server.
 */
public final class ShapedModel {

    private static final double LOGITS = 1.5;

    private final GgufFile file = new GgufFile();
    private final Shape shape;
    private final Quantisation quantisation;
    private final Random seeds;
    private final Tokenizer tokenizer;

    ShapedModel(Shape shape, Quantisation quantisation, long seed) {
        this.shape = shape;
        this.quantisation = quantisation;
        this.seeds = new Random(seed);
        this.tokenizer = Tokenizer.of(Resource.read("corpus.txt"), shape.vocabulary());
        build();
    }

    /** A preset as it is; the same bytes for the same seed. */
    public static ShapedModel of(Preset preset, Quantisation quantisation, long seed) {
        return new ShapedModel(preset.shape(), quantisation, seed);
    }

    /** A preset at a size that a test can load, with all that makes its kind. */
    public static ShapedModel tiny(Preset preset, Quantisation quantisation) {
        Shape shape = preset.shape()
                .withEmbedding(256)
                .withExperts(16)
                .withVocabulary(1_024)
                .withContext(1_024);
        return new ShapedModel(shape, quantisation, 1);
    }

    public long parameters() {
        return file.parameters();
    }

    /** Bytes of the weights. */
    public long size() {
        return file.size();
    }

    /** Writes it to a file, whose name without {@code .gguf} is the model's id. */
    public Path write(Path to) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 20)) {
            file.write(out);
        }
        return to;
    }

    private void build() {
        Architecture architecture = switch (shape.attention()) {
            case Attention.Latent latent -> new DeepseekArchitecture(shape, latent);
            case Attention.Grouped grouped -> new QwenArchitecture(shape, grouped);
        };
        file.text("general.architecture", architecture.name())
                .text("general.name", "random weights in the shape of " + shape.name());
        architecture.describe(file, tokenizer.size());
        tokenizer.describe(file, Resource.read("plain-template.jinja"));
        drawn("token_embd.weight", 1, shape.embedding(), tokenizer.size());
        for (int layer = 0; layer < shape.layers(); layer++) {
            architecture.attention("blk." + layer + ".", this);
            feedForward("blk." + layer + ".", layer < shape.dense());
        }
        ones("output_norm.weight", shape.embedding());
        output();
    }

    private void output() {
        int width = shape.embedding();
        long silent = (long) tokenizer.wordsFrom() * width;
        file.tensor(
                "output.weight",
                new Weights.Drawn(quantisation.forRows(width), LOGITS / Math.sqrt(width), seeds.nextLong(), silent),
                width,
                tokenizer.size());
    }

    private void feedForward(String block, boolean dense) {
        ones(block + "ffn_norm.weight", shape.embedding());
        if (dense) {
            gated(block + "ffn_%s.weight", shape.denseWidth());
            return;
        }
        Experts experts = shape.experts();
        real(block + "ffn_gate_inp.weight", 1 / Math.sqrt(shape.embedding()), shape.embedding(), experts.count());
        if (experts.sigmoid()) {
            real(block + "exp_probs_b.bias", 0.01, experts.count());
        }
        gated(block + "ffn_%s_exps.weight", experts.width(), experts.count());
        if (experts.shared() > 0) {
            gated(block + "ffn_%s_shexp.weight", (long) experts.width() * experts.shared());
        }
    }

    private void gated(String name, long width, long... experts) {
        projection(name.formatted("gate"), shape(shape.embedding(), width, experts));
        projection(name.formatted("up"), shape(shape.embedding(), width, experts));
        projection(name.formatted("down"), shape(width, shape.embedding(), experts));
    }

    private static long[] shape(long in, long out, long... experts) {
        return experts.length == 0 ? new long[] {in, out} : new long[] {in, out, experts[0]};
    }

    /** Keeps the size of what goes through it. */
    void projection(String name, long... extents) {
        drawn(name, 1 / Math.sqrt(extents[0]), extents);
    }

    void ones(String name, int size) {
        float[] values = new float[size];
        Arrays.fill(values, 1);
        file.tensor(name, values, size);
    }

    private void drawn(String name, double deviation, long... extents) {
        file.tensor(name, new Weights.Drawn(quantisation.forRows(extents[0]), deviation, seeds.nextLong(), 0), extents);
    }

    private void real(String name, double deviation, long... extents) {
        file.tensor(name, new Weights.Drawn(Quantisation.F32, deviation, seeds.nextLong(), 0), extents);
    }
}
