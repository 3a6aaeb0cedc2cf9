package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RunTest {

    @TempDir
    static Path directory;

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        node = TestNode.start(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void streamsTheAnswerWithReasoningApartAndExactUsage() throws Exception {
        String id = TestNode.newId();
        Sse sse = node.gateway.run(id, 100, TestGateway.script("{'reasoning':'1 2 3','content':'It is 579.'}"));

        List<JsonNode> frames = sse.all();

        assertThat(sse.status()).isEqualTo(200);
        assertThat(sse.done()).isTrue();
        assertThat(Sse.text(frames, "reasoning_content")).isEqualTo("1 2 3");
        assertThat(Sse.text(frames, "content")).isEqualTo("It is 579.");
        assertThat(Sse.finishReason(frames)).isEqualTo("stop");
        JsonNode usage = frames.getLast().path("usage");
        assertThat(usage.path("completion_tokens").intValue()).isEqualTo(6);
        assertThat(usage.path("completion_tokens_details")
                        .path("reasoning_tokens")
                        .intValue())
                .isEqualTo(3);
    }

    @Test
    void tellsInEachFrameHowManyTokensThereAreAndWhich() throws Exception {
        List<JsonNode> frames = node.gateway
                .run(TestNode.newId(), 100, TestGateway.chat("one two three"))
                .all();

        int at = 0;
        for (JsonNode frame : frames) {
            at += frame.path("gh").path("ids").size();
            assertThat(frame.path("gh").path("at").intValue()).isEqualTo(at);
        }
        assertThat(at).isEqualTo(3);
        assertThat(frames.getLast().path("gh").path("meters").path("stepRows").doubleValue())
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void recordsWhatTheFramesShowed() throws Exception {
        String id = TestNode.newId();
        List<JsonNode> frames =
                node.gateway.run(id, 64, TestGateway.chat("one two three")).all();

        JsonNode record = node.gateway.record(id).json();

        assertThat(record.path("usage")).isEqualTo(frames.getLast().path("usage"));
        assertThat(record.path("meters")).isEqualTo(frames.getLast().path("gh").path("meters"));
        assertThat(record.path("state").stringValue()).isEqualTo("ended");
        assertThat(record.path("reason").stringValue()).isEqualTo("stop");
        assertThat(record.path("cap").intValue()).isEqualTo(64);
        assertThat(record.path("model").stringValue()).isEqualTo("echo");
        assertThat(record.path("endedAt").longValue())
                .isGreaterThanOrEqualTo(record.path("startedAt").longValue());
    }

    @Test
    void aFrameNamesItsChoiceAndTheRecordCountsThemAll() throws Exception {
        String id = TestNode.newId();
        String chat = TestGateway.chat("one two three").replaceFirst("\\{", "{\"n\":2,");
        List<JsonNode> frames = node.gateway.run(id, 64, chat).all();

        assertThat(frames.stream()
                        .map(frame -> frame.at("/choices/0/index").asInt(-1) + " "
                                + frame.at("/choices/0/delta/role").asString("") + " "
                                + frame.at("/choices/0/delta/content").asString("")
                                + frame.at("/choices/0/finish_reason").asString("")))
                .containsExactly(
                        "0 assistant one ",
                        "1 assistant one ",
                        "0  two ",
                        "1  two ",
                        "0  three",
                        "1  three",
                        "0  stop",
                        "1  stop",
                        "-1  ");
        JsonNode usage = node.gateway.record(id).json().path("usage");
        assertThat(usage).isEqualTo(frames.getLast().path("usage"));
        assertThat(usage.path("prompt_tokens").intValue()).isEqualTo(3);
        assertThat(usage.path("completion_tokens").intValue()).isEqualTo(6);
    }

    @Test
    void recordsARunningExchangeUpToTheFrameThatWasSeen() throws Exception {
        String id = TestNode.newId();
        try (Sse sse = node.gateway.run(id, 2, TestGateway.chat("one two three"))) {
            sse.next();
            sse.next();

            JsonNode record = node.gateway.record(id).json();

            assertThat(record.path("state").stringValue()).isEqualTo("running");
            assertThat(record.has("reason")).isFalse();
            assertThat(record.path("usage").path("prompt_tokens").intValue()).isEqualTo(3);
            assertThat(record.path("usage").path("completion_tokens").intValue())
                    .isEqualTo(2);
            node.gateway.stop(id);
        }
    }

    @Test
    void findsAllAttemptsOfAnIntent() throws Exception {
        String intent = TestNode.newIntent();
        node.gateway.run(intent + "-2", 10, TestGateway.chat("b")).all();
        node.gateway.run(intent + "-1", 10, TestGateway.chat("a")).all();

        JsonNode found = node.gateway.recover(intent).json().path("exchanges");

        assertThat(found.valueStream().map(record -> record.path("attempt").intValue()))
                .containsExactly(1, 2);
        assertThat(node.gateway.recover(TestNode.newIntent()).json().path("exchanges"))
                .isEmpty();
    }

    @Test
    void refusesASecondPostOfAnId() throws Exception {
        String id = TestNode.newId();
        node.gateway.run(id, 10, TestGateway.chat("a")).all();

        Sse again = node.gateway.run(id, 10, TestGateway.chat("another body"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.all().getFirst().path("error").path("code").stringValue())
                .isEqualTo("exchange_exists");
    }

    @Test
    void goesOnWhenTheCapIsRaised() throws Exception {
        String id = TestNode.newId();
        Sse sse = node.gateway.run(id, 1, TestGateway.chat("one two three"));
        Optional<JsonNode> first = sse.next();
        assertThat(first.orElseThrow().path("gh").path("at").intValue()).isEqualTo(1);

        assertThat(node.gateway.patch(id, 10, false).json().path("cap").intValue())
                .isEqualTo(10);

        assertThat(Sse.text(sse.all(), "content")).isEqualTo("two three");
        assertThat(sse.done()).isTrue();
        assertThat(node.gateway.record(id).json().path("cap").intValue()).isEqualTo(10);
    }

    @Test
    void keepsTheCapWhenALowerOneComes() throws Exception {
        String id = TestNode.newId();
        Sse sse = node.gateway.run(id, 2, TestGateway.chat("one two three"));
        sse.next();

        assertThat(node.gateway.patch(id, 1, false).json().path("cap").intValue())
                .isEqualTo(2);
        assertThat(node.gateway.patch(id, 2, false).json().path("cap").intValue())
                .isEqualTo(2);

        node.gateway.stop(id);
        assertThat(node.gateway.patch(id, 9, false).json().path("cap").intValue())
                .isEqualTo(2);
    }

    @Test
    void endsWithLengthAtAFinalCap() throws Exception {
        String id = TestNode.newId();
        Sse sse = node.gateway.run(id, 1, TestGateway.chat("one two three"));
        sse.next();

        node.gateway.patch(id, 2, true);

        List<JsonNode> rest = sse.all();
        assertThat(Sse.finishReason(rest)).isEqualTo("length");
        assertThat(rest.getLast().path("usage").path("completion_tokens").intValue())
                .isEqualTo(2);
        assertThat(node.gateway.record(id).json().path("reason").stringValue()).isEqualTo("length");
    }

    @Test
    void endsWithLengthWhenNobodyRaisesTheCap() throws Exception {
        List<JsonNode> frames = node.gateway
                .run(TestNode.newId(), 1, TestGateway.chat("one two"))
                .all();

        assertThat(Sse.finishReason(frames)).isEqualTo("length");
        assertThat(Sse.text(frames, "content")).isEqualTo("one ");
    }

    @Test
    void needsNoCapAboveTheRequestsOwnBound() throws Exception {
        String body = TestGateway.chat("one two three").replace("{\"model\"", "{\"max_tokens\":2,\"model\"");

        List<JsonNode> frames = node.gateway.run(TestNode.newId(), 2, body).all();

        assertThat(Sse.finishReason(frames)).isEqualTo("length");
        assertThat(frames.getLast().path("usage").path("completion_tokens").intValue())
                .isEqualTo(2);
    }

    @Test
    void sharesStepsBetweenExchanges() throws Exception {
        List<Sse> streams = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String body = TestGateway.script("{'content':'a b c d e f g h i j k l m n o p q r s t','paceMs':10}");
            streams.add(node.gateway.run(TestNode.newId(), 100, body));
        }

        for (Sse sse : streams) {
            assertThat(Sse.text(sse.all(), "content")).isEqualTo("a b c d e f g h i j k l m n o p q r s t");
            assertThat(sse.done()).isTrue();
        }
    }

    @Test
    void countsInItsMetrics() throws Exception {
        node.gateway.run(TestNode.newId(), 10, TestGateway.chat("one two")).all();

        String metrics = node.gateway.metrics();

        assertThat(metrics)
                .contains("gatehouse_worker_requests_total{reason=\"stop\"}")
                .contains("gatehouse_worker_tokens_total{class=\"completion\"}")
                .contains("gatehouse_worker_prefill_seconds_count")
                .contains("gatehouse_worker_running ")
                .contains("gatehouse_worker_kv_used ");
    }
}
