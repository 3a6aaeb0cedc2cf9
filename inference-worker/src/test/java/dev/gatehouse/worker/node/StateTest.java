package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.engine.EchoEngine;
import dev.gatehouse.worker.node.TestGateway.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StateTest {

    @TempDir
    Path directory;

    @Test
    void tellsItsProgressWhileItLoadsAndThenThatItIsReady() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EngineSource slow = progress -> {
            assertThat(progress.test(0.5)).isTrue();
            assertThat(progress.test(0.25)).isTrue();
            half.countDown();
            goOn.await(20, TimeUnit.SECONDS);
            return new EchoEngine(1, 1);
        };
        try (TestNode node = TestNode.loading(directory, slow)) {
            half.await(20, TimeUnit.SECONDS);

            Answer health = node.gateway.health();
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json().path("state").stringValue()).isEqualTo("loading");
            assertThat(health.json().path("progress").doubleValue()).isEqualTo(0.5);
            Sse refused = node.gateway.run(TestNode.newId(), 10, TestGateway.chat("a"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.all().getFirst().path("error").path("code").stringValue())
                    .isEqualTo("node_loading");

            goOn.countDown();
            node.awaitState("ready");
            JsonNode ready = node.gateway.health().json();
            assertThat(node.gateway.health().status()).isEqualTo(200);
            assertThat(ready.path("progress").doubleValue()).isEqualTo(1);
            assertThat(ready.path("engine").stringValue()).isEqualTo("echo");
            assertThat(ready.path("model").stringValue()).isEqualTo("echo");
            assertThat(ready.path("name").stringValue()).isEqualTo("worker-1");
            assertThat(ready.path("tickets").booleanValue()).isTrue();
        }
    }

    @Test
    void endsTheProcessWhenTheModelCanNotBeLoaded() throws Exception {
        EngineSource broken = progress -> {
            throw new IOException("the file is not a model");
        };
        try (TestNode node = TestNode.loading(directory, broken)) {
            TestNode.await("exit", () -> node.exitStatus() == 1);
        }
    }

    @Test
    void finishesWhatRunsAndRefusesTheRestWhileItDrains() throws Exception {
        try (TestNode node = TestNode.start(directory)) {
            Sse running =
                    node.gateway.run(TestNode.newId(), 100, TestGateway.script("{'content':'a b c d e','paceMs':50}"));

            Answer drained = node.gateway.drain(true);

            assertThat(drained.json().path("state").stringValue()).isEqualTo("draining");
            assertThat(node.gateway.health().status()).isEqualTo(503);
            Sse refused = node.gateway.run(TestNode.newId(), 10, TestGateway.chat("a"));
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.all().getFirst().path("error").path("code").stringValue())
                    .isEqualTo("node_draining");
            List<JsonNode> frames = running.all();
            assertThat(Sse.text(frames, "content")).isEqualTo("a b c d e");
            assertThat(running.done()).isTrue();

            assertThat(node.gateway.drain(false).json().path("state").stringValue())
                    .isEqualTo("ready");
            assertThat(node.gateway
                            .run(TestNode.newId(), 10, TestGateway.chat("a"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void finishesWhatRunsWhenItIsStopped() throws Exception {
        TestNode node = TestNode.start(directory);
        Sse running =
                node.gateway.run(TestNode.newId(), 100, TestGateway.script("{'content':'a b c d e','paceMs':50}"));

        node.close();

        assertThat(Sse.text(running.all(), "content")).isEqualTo("a b c d e");
        assertThat(running.done()).isTrue();
    }
}
