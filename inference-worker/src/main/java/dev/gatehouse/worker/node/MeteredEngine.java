package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.engine.Fault;
import dev.gatehouse.worker.engine.Generation;
import dev.gatehouse.worker.engine.GenerationRequest;
import dev.gatehouse.worker.engine.Load;
import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.engine.Output;
import dev.gatehouse.worker.engine.RefusedException;
import dev.gatehouse.worker.engine.Usage;

/** An engine whose work is counted. */
final class MeteredEngine implements Engine {

    private final Engine engine;
    private final NodeMetrics metrics;

    MeteredEngine(Engine engine, NodeMetrics metrics) {
        this.engine = engine;
        this.metrics = metrics;
    }

    @Override
    public Model model() {
        return engine.model();
    }

    @Override
    public Load load() {
        return engine.load();
    }

    @Override
    public Generation submit(GenerationRequest request, Output output) throws RefusedException {
        try {
            return engine.submit(request, new Metered(output));
        } catch (RefusedException refused) {
            metrics.refused(refused.code());
            throw refused;
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class Metered implements Output {

        private final Output output;

        Metered(Output output) {
            this.output = output;
        }

        @Override
        public void started(int prompt, int cached) {
            output.started(prompt, cached);
        }

        @Override
        public void chunk(Chunk chunk) {
            output.chunk(chunk);
        }

        @Override
        public void end(End end) {
            metrics.ended(end);
            output.end(end);
        }

        @Override
        public void fail(Fault fault, Usage usage) {
            metrics.failed(usage);
            output.fail(fault, usage);
        }
    }
}
