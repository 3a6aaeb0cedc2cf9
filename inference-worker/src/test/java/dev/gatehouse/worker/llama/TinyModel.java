package dev.gatehouse.worker.llama;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The bundled model, for tests. */
final class TinyModel {

    static final Path FILE = Path.of("models/tiny-moe-q8_0.gguf");
    static final Path NATIVES = Path.of("target/native/lib");
    static final int DENSE_LAYERS = 1;
    static final int TOP_K = 2;
    static final LlamaSampling GREEDY = new LlamaSampling(0, 1, 0, 0, 1, 0, 0, 1, 256, Map.of(), -1);

    private TinyModel() {}

    static LlamaModel load() {
        LlamaLibrary.load(NATIVES, Backend.AUTO);
        return LlamaModel.load(FILE, done -> true);
    }

    static byte[] question(String text) {
        return """
                {"messages":[{"role":"user","content":"%s"}]}
                """.formatted(text).getBytes(StandardCharsets.UTF_8);
    }
}
