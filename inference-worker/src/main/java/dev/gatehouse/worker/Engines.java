package dev.gatehouse.worker;

import dev.gatehouse.worker.engine.EchoEngine;
import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.engine.LlamaEngine;
import dev.gatehouse.worker.engine.LlamaOptions;
import dev.gatehouse.worker.kvstore.KvStore;
import dev.gatehouse.worker.node.EngineSource;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.system.ApplicationHome;

/** Chooses the engine that the settings name. */
final class Engines implements EngineSource {

    private static final String ECHO = "echo:";

    private final EngineSettings settings;
    private final KvStore store;

    Engines(EngineSettings settings, KvStore store) {
        this.settings = settings;
        this.store = store;
    }

    @Override
    public Engine open(DoublePredicate progress) throws Exception {
        return settings.model().equals(ECHO)
                ? new EchoEngine(settings.slots(), settings.queue())
                : LlamaEngine.open(llama(), store, progress::test);
    }

    private LlamaOptions llama() {
        Integer threads = settings.threads();
        return new LlamaOptions(
                natives(),
                Path.of(settings.model()),
                Optional.empty(),
                threads == null ? Runtime.getRuntime().availableProcessors() : threads,
                settings.slots(),
                settings.queue(),
                optional(settings.kvTokens()),
                optional(settings.idleTokens()),
                settings.interToken(),
                settings.residence(),
                settings.backend(),
                settings.telemetry());
    }

    private static OptionalInt optional(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private Path natives() {
        Path configured = settings.natives();
        return configured == null
                ? new ApplicationHome(Worker.class).getDir().toPath().resolve("native/lib")
                : configured;
    }
}
