package dev.gatehouse.worker.engine;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The engine on the bundled model, for tests. */
final class BundledModel {

    static final Path FILE = Path.of("models/tiny-moe-q8_0.gguf");

    private BundledModel() {}

    static LlamaOptions options(Path model, int slots, int queue) {
        Path natives = Path.of("target/native/lib");
        return new LlamaOptions(natives, model, Optional.empty(), 1, slots, queue, OptionalInt.empty());
    }

    /** Four slots, and a queue of four. */
    static LlamaEngine open(Consumer<Step> watcher) throws EngineStartException {
        return LlamaEngine.open(options(FILE, 4, 4), done -> true, watcher);
    }

    /** The whole answer. */
    static Collected run(LlamaEngine engine, Ask ask) throws RefusedException {
        Collected output = new Collected();
        engine.submit(ask.request(), output);
        output.awaitEnd();
        return output;
    }
}
