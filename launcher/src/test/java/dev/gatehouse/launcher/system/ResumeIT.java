package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two workers, one of which is killed in the middle of an answer: the other one goes on in the same stream. */
class ResumeIT {

    private static final List<String> WORKERS = List.of("worker-1", "worker-2");
    private static final String PERSONAL = "Pay with 4111 1111 1111 1111, please. ".repeat(6);

    private static Stack stack;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.start("--model", "echo:", "--workers", "2");
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @Test
    void aStreamGoesOnAsIfItsWorkerHadNotDied() {
        Script script = Script.words(150).pacedMs(20);
        List<JsonNode> chunks = chunks(killedAfter(
                20,
                () -> String.join(
                        "\n", stack.client().stream(script.streamed("\"stream_options\":{\"include_usage\":true}")))));

        assertThat(texts(chunks, "/choices/0/delta/content")).isEqualTo("word ".repeat(150));
        assertThat(texts(chunks, "/choices/0/delta/role")).isEqualTo("assistant");
        assertThat(texts(chunks, "/choices/0/finish_reason")).isEqualTo("stop");
        assertThat(chunks.stream()
                        .map(chunk -> chunk.path("id").asString() + chunk.path("created"))
                        .distinct())
                .hasSize(1);
        assertThat(chunks.getLast().at("/usage/completion_tokens").intValue()).isEqualTo(150);
        resumedOnce(150);
    }

    @Test
    void aCallGoesOnUnderItsId() {
        String arguments = Client.JSON.writeValueAsString(Map.of("text", "word ".repeat(150)));
        Script script = Script.says("I call.").with("tool", Map.of("name", "say", "arguments", arguments));
        String tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"say\"}}]";
        List<JsonNode> chunks = chunks(killedAfter(
                20,
                () -> String.join("\n", stack.client().stream(script.pacedMs(20).streamed(tools)))));

        assertThat(texts(chunks, "/choices/0/delta/tool_calls/0/function/arguments"))
                .isEqualTo(arguments);
        assertThat(texts(chunks, "/choices/0/delta/tool_calls/0/id")).isEqualTo("call_1");
        assertThat(texts(chunks, "/choices/0/delta/tool_calls/0/function/name")).isEqualTo("say");
        assertThat(texts(chunks, "/choices/0/finish_reason")).isEqualTo("tool_calls");
    }

    @Test
    void whatTheGuardHeldWhenTheWorkerDiedIsMaskedAllTheSame() {
        Script script = Script.says(PERSONAL).cutEverywhere(PERSONAL.length());
        Policy.in(stack, "allow", () -> {
            String uncut = stack.client()
                    .ask(script.whole())
                    .at("/choices/0/message/content")
                    .asString();
            assertThat(uncut).startsWith("Pay with ").doesNotContain("4111 1111");

            List<JsonNode> chunks = chunks(killedAfter(
                    60,
                    () -> String.join(
                            "\n", stack.client().stream(script.pacedMs(15).streamed()))));
            assertThat(texts(chunks, "/choices/0/delta/content")).isEqualTo(uncut);
        });
    }

    @Test
    void anAnthropicStreamGoesOnToo() {
        Script script = Script.words(150).pacedMs(20);
        String body = killedAfter(
                20,
                () -> Anthropic.post(stack, "/messages", Anthropic.script(script, "\"stream\":true"))
                        .body());
        List<JsonNode> events = chunks(body);

        assertThat(texts(events, "/delta/text")).isEqualTo("word ".repeat(150));
        assertThat(events.stream()
                        .map(event -> event.path("type").asString())
                        .distinct()
                        .filter(type -> !type.equals("ping")))
                .containsExactly(
                        "message_start",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(texts(events, "/delta/stop_reason")).isEqualTo("end_turn");
        resumedOnce(150);
    }

    /** The answer to a request whose worker is killed when it has made so many tokens. */
    private static String killedAfter(int tokens, Supplier<String> request) {
        Eventually.holds(
                Duration.ofSeconds(60),
                () -> WORKERS.stream().allMatch(ResumeIT::reported),
                () -> "not all workers are ready");
        String before = new Outcomes(stack).lastIntent();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(request);
        Eventually.holds(Duration.ofSeconds(30), () -> holder(before, tokens).isPresent(), () -> "no worker answers");
        String worker = holder(before, tokens).orElseThrow();
        long pid = stack.pid(worker);
        stack.kill(worker);
        String whole = answer.orTimeout(60, TimeUnit.SECONDS).join();
        stack.awaitRestart(worker, pid);
        return whole;
    }

    /** The process that runs under this name has told the gateway that it is ready. */
    private static boolean reported(String worker) {
        return !stack.database()
                .rows(
                        "SELECT name FROM nodes WHERE name = ? AND registration ->> 'url' = ? AND registration ->> 'state' = 'ready'",
                        worker,
                        stack.url(worker))
                .isEmpty();
    }

    private static Optional<String> holder(String before, int tokens) {
        String intent = new Outcomes(stack).lastIntent();
        return WORKERS.stream()
                .filter(worker -> !intent.equals(before)
                        && new NodeRecords(stack, worker)
                                        .of(intent)
                                        .path(0)
                                        .at("/usage/completion_tokens")
                                        .asInt()
                                >= tokens)
                .findFirst();
    }

    /** The lost attempt is owed by nobody, and the other one counts the whole answer. */
    private static void resumedOnce(int tokens) {
        Map<String, String> outcome = new Outcomes(stack).of(new Outcomes(stack).lastIntent());
        JsonNode attempts = Client.JSON.readTree(Objects.requireNonNull(outcome.get("attempts")));
        assertThat(outcome.get("kind")).isEqualTo("completed");
        assertThat(attempts.size()).isEqualTo(2);
        assertThat(attempts.path(0).path("node")).isNotEqualTo(attempts.path(1).path("node"));
        assertThat(attempts.path(0).path("charge_nano").longValue()).isZero();
        assertThat(attempts.path(1).path("completion_tokens").intValue()).isEqualTo(tokens);
    }

    private static List<JsonNode> chunks(String events) {
        return Arrays.stream(events.split("\n"))
                .map(line -> line.startsWith("data: ") ? line.substring(6) : line)
                .filter(line -> line.startsWith("{"))
                .map(Client.JSON::readTree)
                .toList();
    }

    private static String texts(List<JsonNode> chunks, String pointer) {
        return chunks.stream().map(chunk -> chunk.at(pointer).asString("")).collect(Collectors.joining());
    }
}
