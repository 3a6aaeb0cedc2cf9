package dev.gatehouse.worker;

import dev.gatehouse.worker.engine.EchoEngine;
import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.node.EngineSource;
import java.util.function.DoublePredicate;

/** Chooses the engine that the settings name. */
final class Engines implements EngineSource {

    private static final String ECHO = "echo:";

    private final EngineSettings settings;

    Engines(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public Engine open(DoublePredicate progress) {
        if (settings.model().equals(ECHO)) {
            return new EchoEngine(settings.slots(), settings.queue());
        }
        throw new UnsupportedOperationException("this worker has no engine for the model file " + settings.model()
                + ". Set gatehouse.worker.engine.model to " + ECHO);
    }
}
