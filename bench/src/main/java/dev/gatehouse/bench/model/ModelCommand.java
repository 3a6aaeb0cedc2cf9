package dev.gatehouse.bench.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench model FILE}. */
@Command(
        name = "model",
        description = "Writes a model of DeepSeek-V3's shape with random weights, for tests of formats and of load.",
        mixinStandardHelpOptions = true)
public final class ModelCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Where to write it: NAME.gguf, which is then the model NAME.")
    private Path file = Path.of("random-moe.gguf");

    @Option(names = "--seed", paramLabel = "N", description = "The same seed makes the same file. Default: 1.")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        System.out.println(RandomModel.write(file, seed).toAbsolutePath());
        return 0;
    }
}
