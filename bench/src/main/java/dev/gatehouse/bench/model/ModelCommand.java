package dev.gatehouse.bench.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench model FILE}. */
@Command(
        name = "model",
        description =
                "Writes a model with random weights: without --preset a tiny one of DeepSeek-V3's shape for tests of"
                        + " formats, with it one of a real one's shape and size for tests of speed.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ModelCommand implements Callable<Integer> {

    private static final double MILLION = 1e6;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "Where to write it: NAME.gguf, which is then the model NAME.")
    private Path file = Path.of("random-moe.gguf");

    @Option(names = "--seed", paramLabel = "N", description = "The same seed makes the same file. Default: 1.")
    private long seed = 1;

    @Option(names = "--preset", paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}.")
    private @Nullable Preset preset;

    @Option(
            names = "--quantisation",
            paramLabel = "NAME",
            description = "Of the preset's weights: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}."
                    + " Rows whose length a format can not have get the next finer one.")
    private Quantisation quantisation = Quantisation.Q4_K;

    @Option(names = "--layers", paramLabel = "N", description = "Instead of the preset's.")
    private @Nullable Integer layers;

    @Option(names = "--experts", paramLabel = "N", description = "In a layer, instead of the preset's.")
    private @Nullable Integer experts;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Of the embedding, a multiple of 32; all other widths, ranks and heads follow in proportion.")
    private @Nullable Integer width;

    @Option(names = "--vocabulary", paramLabel = "N", description = "Tokens, instead of the preset's.")
    private @Nullable Integer vocabulary;

    @Option(names = "--context", paramLabel = "N", description = "Longest sequence, instead of the preset's.")
    private @Nullable Integer context;

    @Override
    public Integer call() throws IOException {
        Path written = preset == null ? RandomModel.write(file, seed) : shaped(preset);
        System.out.println(written.toAbsolutePath());
        return 0;
    }

    private Path shaped(Preset chosen) throws IOException {
        ShapedModel model = model(chosen);
        System.err.printf(
                Locale.ROOT, "%,.0f M parameters, %,.0f MB%n", model.parameters() / MILLION, model.size() / MILLION);
        long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
        if (free < model.size()) {
            throw usage("the disk of %s has %,.0f MB left: take fewer --layers or --experts, or another place"
                    .formatted(file, free / MILLION));
        }
        return model.write(file);
    }

    private ShapedModel model(Preset chosen) {
        try {
            Shape shape = chosen.shape();
            shape = resized(shape, width, Shape::withEmbedding);
            shape = resized(shape, layers, Shape::withLayers);
            shape = resized(shape, experts, Shape::withExperts);
            shape = resized(shape, vocabulary, Shape::withVocabulary);
            shape = resized(shape, context, Shape::withContext);
            return new ShapedModel(shape, quantisation, seed);
        } catch (IllegalArgumentException wrong) {
            throw usage(String.valueOf(wrong.getMessage()));
        }
    }

    private static Shape resized(Shape shape, @Nullable Integer size, BiFunction<Shape, Integer, Shape> by) {
        return size == null ? shape : by.apply(shape, size);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
