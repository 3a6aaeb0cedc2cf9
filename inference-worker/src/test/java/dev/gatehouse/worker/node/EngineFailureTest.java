package dev.gatehouse.worker.node;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.worker.engine.Activity;
import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.EchoEngine;
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
import dev.gatehouse.worker.ledger.Ledger;
import dev.gatehouse.worker.openai.ApiException;
import dev.gatehouse.worker.openai.ChatRequest;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EngineFailureTest {

    @TempDir
    Path directory;

    private final FailingEngine engine = new FailingEngine();

    @Test
    void endsTheRecordOfAnExchangeOverWhichTheEngineFails() throws Exception {
        try (TestNode node = TestNode.loading(directory, progress -> engine)) {
            node.awaitState("ready");
            String id = TestNode.newId();

            Sse sse = node.gateway.run(id, 10, TestGateway.chat("fail"));

            assertThat(sse.status()).isEqualTo(500);
            assertThat(sse.all().getFirst().path("error").path("code").stringValue())
                    .isEqualTo("internal_error");
            JsonNode stopped = node.gateway.stop(id).json();
            assertThat(stopped.path("state").stringValue()).isEqualTo("ended");
            assertThat(stopped.path("reason").stringValue()).isEqualTo("failed");
            assertThat(node.gateway.patch(id, 20, false).json().path("cap").intValue())
                    .isEqualTo(10);
        }
    }

    @Test
    void waitsForNothingOverWhichTheEngineHasFailed() throws Exception {
        try (Ledger ledger = Ledger.open(directory, Clock.systemUTC(), 8192);
                MeteredEngine metered = metered(engine, ledger)) {
            GenerationRequest request = request("fail");
            assertThatIllegalStateException().isThrownBy(() -> metered.submit(request, new Silence()));

            runAsync(() -> metered.awaitIdle(Duration.ofHours(1))).get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void waitsForNothingOnceTheEngineCanNotGoOn() throws Exception {
        try (Ledger ledger = Ledger.open(directory, Clock.systemUTC(), 8192);
                MeteredEngine metered = metered(engine, ledger)) {
            metered.submit(request("{\"content\":\"a\",\"pauseBefore\":\"first\"}"), new Silence());

            engine.ended.completeExceptionally(new IllegalStateException("its thread has died"));

            runAsync(() -> metered.awaitIdle(Duration.ofHours(1))).get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsTheProcessAndTakesNothingMoreWhenTheEngineCanNotGoOn() throws Exception {
        try (TestNode node = TestNode.loading(directory, progress -> engine)) {
            node.awaitState("ready");

            engine.ended.completeExceptionally(new IllegalStateException("its thread has died"));

            TestNode.await("exit", () -> node.exitStatus() == 1);
            node.gateway.drain(false);
            assertThat(node.gateway.health().status()).isEqualTo(503);
            assertThat(node.gateway.health().json().path("state").stringValue()).isEqualTo("draining");
            Sse refused = node.gateway.run(TestNode.newId(), 10, TestGateway.chat("a"));
            assertThat(refused.all().getFirst().path("error").path("code").stringValue())
                    .isEqualTo("node_draining");
        }
    }

    private static MeteredEngine metered(Engine engine, Ledger ledger) {
        return new MeteredEngine(
                engine,
                new NodeMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), new Readiness(), ledger));
    }

    private GenerationRequest request(String text) throws ApiException {
        byte[] body = TestGateway.chat(text).getBytes(StandardCharsets.UTF_8);
        return ChatRequest.read(body, engine.model()).toGeneration("1", 10);
    }

    /** Fails over the chat {@code fail}; can not go on when the test says so. */
    private static final class FailingEngine implements Engine {

        final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final EchoEngine echo = new EchoEngine(2, 2);

        @Override
        public Model model() {
            return echo.model();
        }

        @Override
        public Load load() {
            return echo.load();
        }

        @Override
        public Activity activity() {
            return echo.activity();
        }

        @Override
        public Optional<Turn> turn() {
            return echo.turn();
        }

        @Override
        public Optional<ExpertPicks> experts() {
            return echo.experts();
        }

        @Override
        public Quote quote(GenerationRequest request) throws RefusedException {
            return echo.quote(request);
        }

        @Override
        public Generation submit(GenerationRequest request, Output output) throws RefusedException {
            if (new String(request.chat(), StandardCharsets.UTF_8).contains("fail")) {
                throw new IllegalStateException("the engine has failed");
            }
            return echo.submit(request, output);
        }

        @Override
        public CompletableFuture<Void> ended() {
            return ended;
        }

        @Override
        public void close() {
            echo.close();
        }
    }

    private static final class Silence implements Output {

        @Override
        public void chunk(Chunk chunk) {}

        @Override
        public void finished(int choice, FinishReason reason, long at) {}

        @Override
        public void end(End end) {}

        @Override
        public void fail(Fault fault, Usage usage, Meters meters) {}
    }
}
