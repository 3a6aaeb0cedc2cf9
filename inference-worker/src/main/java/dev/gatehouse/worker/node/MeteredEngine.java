package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Activity;
import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.engine.ExpertPicks;
import dev.gatehouse.worker.engine.Fault;
import dev.gatehouse.worker.engine.FinishReason;
import dev.gatehouse.worker.engine.Generation;
import dev.gatehouse.worker.engine.GenerationRequest;
import dev.gatehouse.worker.engine.Load;
import dev.gatehouse.worker.engine.Meters;
import dev.gatehouse.worker.engine.Model;
import dev.gatehouse.worker.engine.Output;
import dev.gatehouse.worker.engine.Quote;
import dev.gatehouse.worker.engine.RefusedException;
import dev.gatehouse.worker.engine.Turn;
import dev.gatehouse.worker.engine.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** An engine whose work is counted. */
final class MeteredEngine implements Engine {

    private final Engine engine;
    private final NodeMetrics metrics;
    private final RouterMetrics router;
    private final Set<CompletableFuture<Void>> inFlight = ConcurrentHashMap.newKeySet();

    MeteredEngine(Engine engine, NodeMetrics metrics) {
        this.engine = engine;
        this.metrics = metrics;
        this.router = metrics.of(engine);
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
    public Activity activity() {
        return engine.activity();
    }

    @Override
    public Optional<Turn> turn() {
        return engine.turn();
    }

    @Override
    public Optional<ExpertPicks> experts() {
        return engine.experts();
    }

    @Override
    public Generation submit(GenerationRequest request, Output output) throws RefusedException {
        Metered metered = new Metered(output, request.begun().ids().length);
        boolean accepted = false;
        try {
            Generation generation = engine.submit(request, metered);
            accepted = true;
            return generation;
        } catch (RefusedException refused) {
            metrics.refused(refused.code());
            throw refused;
        } finally {
            if (!accepted) {
                metered.leave();
            }
        }
    }

    @Override
    public Quote quote(GenerationRequest request) throws RefusedException {
        return engine.quote(request);
    }

    /** Waits until nothing runs or waits in it or it has ended, at most this long. */
    void awaitIdle(Duration longest) {
        CompletableFuture<Void> idle = CompletableFuture.allOf(inFlight.toArray(CompletableFuture<?>[]::new));
        idle.applyToEither(engine.ended().handle((ended, failure) -> ended), done -> done)
                .completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public CompletableFuture<Void> ended() {
        return engine.ended();
    }

    @Override
    public void close() {
        engine.close();
    }

    private final class Metered implements Output {

        private final Output output;
        private final int resumed;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final RouterMetrics.Answer times;

        Metered(Output output, int resumed) {
            this.output = output;
            this.resumed = resumed;
            this.times = router.accepted(resumed);
            inFlight.add(done);
        }

        void leave() {
            inFlight.remove(done);
            done.complete(null);
        }

        @Override
        public void started(int prompt, int cached) {
            output.started(prompt, cached);
        }

        @Override
        public void chunk(Chunk chunk) {
            times.chunk(chunk);
            output.chunk(chunk);
        }

        @Override
        public void finished(int choice, FinishReason reason, long at) {
            output.finished(choice, reason, at);
        }

        @Override
        public void end(End end) {
            try {
                metrics.ended(end, resumed);
                times.ended(end);
                output.end(end);
            } finally {
                leave();
            }
        }

        @Override
        public void fail(Fault fault, Usage usage, Meters meters) {
            try {
                metrics.failed(usage, resumed);
                times.failed(usage);
                output.fail(fault, usage, meters);
            } finally {
                leave();
            }
        }
    }
}
