package dev.gatehouse.worker.engine;

import dev.gatehouse.bench.model.RandomModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine on a generated model: random weights, 4,096 tokens of context, thinking and tools in the style of DeepSeek-V3.1. */
final class RandomMoe {

    private RandomMoe() {}

    /** Eight slots, and a queue of eight. */
    static LlamaEngine open(Path directory) throws IOException, EngineStartException {
        return LlamaEngine.open(BundledModel.options(write(directory), 8, 8), done -> true);
    }

    static Path write(Path directory) throws IOException {
        return RandomModel.write(Files.createDirectories(directory).resolve("random-moe.gguf"), 1);
    }
}
