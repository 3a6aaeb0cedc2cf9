package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Engine;
import java.util.function.DoublePredicate;

/** Opens the engine that the settings name. */
public interface EngineSource {

    /**
     * Loads the model; takes as long as that takes.
     *
     * @param progress is told the share that is done, 0 to 1; false means to give up
     * @throws Exception there will be no engine; the message says what to change
     */
    Engine open(DoublePredicate progress) throws Exception;
}
