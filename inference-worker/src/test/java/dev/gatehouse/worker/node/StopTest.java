package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.node.TestGateway.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class StopTest {

    private static final String HOLDS_BEFORE_FIRST = TestGateway.script("{'content':'a b','pauseBefore':'first'}");

    @TempDir
    static Path directory;

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        node = TestNode.start(directory, 2, 4);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void stopsBeforeTheFirstToken() throws Exception {
        String id = TestNode.newId();
        CompletableFuture<Sse> sse = runAside(id, HOLDS_BEFORE_FIRST);
        awaitRunning(id);

        JsonNode record = node.gateway.stop(id).json();

        assertThat(record.path("reason").stringValue()).isEqualTo("cancelled");
        assertThat(record.path("usage").path("prompt_tokens").intValue()).isPositive();
        assertThat(record.path("usage").path("completion_tokens").intValue()).isZero();
        assertThat(sse.join().status()).isEqualTo(409);
    }

    @Test
    void stopsInTheQueue() throws Exception {
        List<String> holding = List.of(TestNode.newId(), TestNode.newId());
        for (String id : holding) {
            runAside(id, HOLDS_BEFORE_FIRST);
            awaitRunning(id);
        }
        TestNode.await("two running", () -> load("running") == 2);
        String queued = TestNode.newId();
        CompletableFuture<Sse> sse = runAside(queued, TestGateway.chat("hello"));
        TestNode.await("one waiting", () -> load("waiting") == 1);

        JsonNode record = node.gateway.stop(queued).json();

        assertThat(record.path("reason").stringValue()).isEqualTo("cancelled");
        assertThat(record.path("usage").path("completion_tokens").intValue()).isZero();
        assertThat(sse.join().status()).isEqualTo(409);
        for (String id : holding) {
            node.gateway.stop(id);
        }
    }

    @Test
    void stopsInTheMiddleAndAnswersWhatWasGenerated() throws Exception {
        String id = TestNode.newId();
        Sse sse = node.gateway.run(id, 1000, TestGateway.script("{'content':'a b c d e f g h','paceMs':500}"));
        sse.next();

        JsonNode record = node.gateway.stop(id).json();

        List<JsonNode> rest = sse.all();
        JsonNode last = rest.getLast();
        assertThat(last.path("error").path("code").stringValue()).isEqualTo("exchange_stopped");
        assertThat(last.path("gh").path("at")).isEqualTo(record.path("usage").path("completion_tokens"));
        assertThat(sse.done()).isFalse();
        assertThat(record.path("usage").path("completion_tokens").intValue()).isBetween(1, 7);
        assertThat(record.path("state").stringValue()).isEqualTo("ended");
    }

    @Test
    void stopsBeforeTheUsage() throws Exception {
        String id = TestNode.newId();
        Sse sse = node.gateway.run(id, 1000, TestGateway.script("{'content':'a b c','pauseBefore':'usage'}"));
        sse.next();
        sse.next();
        sse.next();

        JsonNode record = node.gateway.stop(id).json();

        assertThat(record.path("reason").stringValue()).isEqualTo("cancelled");
        assertThat(record.path("usage").path("completion_tokens").intValue()).isEqualTo(3);
        sse.all();
        assertThat(sse.done()).isFalse();
    }

    @Test
    void stopsAtAPausedCap() throws Exception {
        String id = TestNode.newId();
        Sse sse = node.gateway.run(id, 1, TestGateway.chat("a b c"));
        sse.next();

        JsonNode record = node.gateway.stop(id).json();

        assertThat(record.path("reason").stringValue()).isEqualTo("cancelled");
        assertThat(record.path("usage").path("completion_tokens").intValue()).isEqualTo(1);
    }

    @Test
    void answersTheSameRecordEachTime() throws Exception {
        String id = TestNode.newId();
        node.gateway.run(id, 10, TestGateway.chat("a b c")).all();

        Answer first = node.gateway.stop(id);
        Answer second = node.gateway.stop(id);

        assertThat(first.json().path("reason").stringValue()).isEqualTo("stop");
        assertThat(second.json()).isEqualTo(first.json());
    }

    @Test
    void knowsNothingOfAnExchangeThatNeverWas() throws Exception {
        String id = TestNode.newId();

        assertThat(node.gateway.stop(id).code()).isEqualTo("exchange_not_found");
        assertThat(node.gateway.stop(id).status()).isEqualTo(404);
        assertThat(node.gateway.record(id).status()).isEqualTo(404);
        assertThat(node.gateway.patch(id, 5, false).status()).isEqualTo(404);
    }

    @Test
    void refusesWhatItsQueueCanNotHold() throws Exception {
        List<String> ids = Stream.generate(TestNode::newId).limit(6).toList();
        for (String id : ids) {
            runAside(id, HOLDS_BEFORE_FIRST);
            awaitRunning(id);
        }
        TestNode.await("all are in", () -> load("running") + load("waiting") == 6);
        String tooMany = TestNode.newId();

        var refused = node.gateway.openStream(tooMany, 10, TestGateway.chat("hello"));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("1");
        assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("node_busy");
        assertThat(node.gateway.record(tooMany).json().path("reason").stringValue())
                .isEqualTo("failed");
        for (String id : ids) {
            node.gateway.stop(id);
        }
    }

    private static CompletableFuture<Sse> runAside(String id, String body) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return node.gateway.run(id, 1000, body);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static void awaitRunning(String id) throws Exception {
        TestNode.await("record of " + id, () -> node.gateway.record(id).status() == 200);
    }

    private static int load(String what) throws Exception {
        return node.gateway.health().json().path("load").path(what).intValue();
    }
}
