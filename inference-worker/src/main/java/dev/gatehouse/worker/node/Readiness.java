package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.engine.Load;
import dev.gatehouse.worker.openai.ApiError;
import dev.gatehouse.worker.openai.ApiException;
import dev.gatehouse.worker.openai.EngineGate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Whether this node takes work: it loads, is ready, or drains. Thread-safe. */
final class Readiness implements EngineGate {

    /** As the node protocol writes it, in lower case. */
    enum State {
        LOADING("loading"),
        READY("ready"),
        DRAINING("draining");

        private final String text;

        State(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final Load IDLE = new Load(0, 0, 0, 0);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Engine engine;
    private volatile double progress;
    private volatile boolean draining;
    private volatile boolean failed;

    @Override
    public Engine enter() throws ApiException {
        Engine loaded = engine;
        if (failed) {
            throw new ApiException(ApiError.server(
                    503, "node_draining", "This node's engine has failed. Send the request to another node."));
        }
        if (draining) {
            throw new ApiException(
                    ApiError.server(503, "node_draining", "This node is draining. Send the request to another node."));
        }
        if (loaded == null) {
            throw new ApiException(ApiError.server(
                    503, "node_loading", "This node is loading its model. Try again in a few seconds."));
        }
        return loaded;
    }

    State state() {
        if (draining || failed) {
            return State.DRAINING;
        }
        return engine == null ? State.LOADING : State.READY;
    }

    /** 0 to 1; never goes back. */
    double progress() {
        return engine == null ? progress : 1;
    }

    Optional<Engine> engine() {
        return Optional.ofNullable(engine);
    }

    Load load() {
        return engine().map(Engine::load).orElse(IDLE);
    }

    void progress(double done) {
        progress = Math.max(progress, Math.min(1, done));
    }

    void loaded(Engine loaded) {
        engine = loaded;
        tell();
    }

    void drain(boolean wanted) {
        draining = wanted;
        tell();
    }

    /** The engine can not go on: the node takes no work any more, undrained or not. */
    void failed() {
        failed = true;
        tell();
    }

    /** Calls back, on the thread that changes it, after each change of state. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
