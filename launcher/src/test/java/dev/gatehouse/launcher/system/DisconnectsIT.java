package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A client that leaves stops the node: with a token every 10 ms, at most 20 more are generated. */
@ExtendWith(EchoStacks.class)
class DisconnectsIT {

    private static final String WORKER = "worker-1";
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final int FURTHER = 20;

    @Test
    void beforeTheFirstByte(Stack stack) throws IOException {
        String body =
                Script.words(2000).pacedMs(10).with("pauseBefore", "first").streamed();
        String intent = leave(stack, CHAT, body, 0).intent();
        assertThat(record(stack, intent).at("/usage/completion_tokens").asInt()).isZero();
    }

    @Test
    void inMidStream(Stack stack) throws IOException {
        assertLeft(stack, CHAT, Script.words(2000).pacedMs(10).streamed(), 30);
    }

    @Test
    void onACallThatIsNotStreamed(Stack stack) throws IOException {
        assertLeft(stack, CHAT, Script.words(2000).pacedMs(10).whole(), 30);
    }

    @Test
    void inMidStreamOfAMessage(Stack stack) throws IOException {
        assertLeft(stack, MESSAGES, Anthropic.script(Script.words(2000).pacedMs(10), "\"stream\":true"), 30);
    }

    @Test
    void onAMessageThatIsNotStreamed(Stack stack) throws IOException {
        assertLeft(stack, MESSAGES, Anthropic.script(Script.words(2000).pacedMs(10)), 30);
    }

    @Test
    void inASilentStretchOfTheStream(Stack stack) throws IOException {
        String intent = leave(
                        stack,
                        CHAT,
                        Script.words(3).with("pauseBefore", "usage").streamed(),
                        3)
                .intent();
        assertThat(record(stack, intent).path("reason").asString()).isIn("cancelled", "disconnected");
        assertThat(new Outcomes(stack).of(intent).get("kind")).isEqualTo("left");
    }

    @Test
    void overHttp2(Stack stack) {
        HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.baseUrl() + "/chat/completions"))
                .header("authorization", "Bearer " + stack.key())
                .POST(HttpRequest.BodyPublishers.ofString(
                        Script.words(2000).pacedMs(10).streamed()))
                .build();
        CompletableFuture<HttpResponse<Stream<String>>> asked =
                http2.sendAsync(request, HttpResponse.BodyHandlers.ofLines());
        HttpResponse<Stream<String>> answer = asked.join();
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        String intent = answer.headers().firstValue("x-request-id").orElseThrow();
        try (Stream<String> lines = answer.body()) {
            Iterator<String> some = lines.iterator();
            for (int i = 0; i < 40; i++) {
                some.next();
            }
        }
        int seen = tokens(stack, intent);
        assertStopped(stack, intent, seen);
    }

    private static void assertLeft(Stack stack, String path, String body, int tokens) throws IOException {
        Left left = leave(stack, path, body, tokens);
        assertStopped(stack, left.intent(), left.seen());
    }

    /** An intent whose client left when the node had generated so many tokens. */
    private record Left(String intent, int seen) {}

    /** Sends a request, waits until the node has generated so many tokens of it, and closes the connection. */
    private static Left leave(Stack stack, String path, String body, int tokens) throws IOException {
        Outcomes outcomes = new Outcomes(stack);
        outcomes.awaitNoneOpen();
        try (RawHttp http = RawHttp.connect(stack.gateway())) {
            http.send("POST " + path + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + stack.key()
                    + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
            Eventually.holds(Duration.ofSeconds(20), () -> outcomes.open() == 1, () -> "no open intent");
            String intent = outcomes.lastIntent();
            Eventually.holds(
                    Duration.ofSeconds(20),
                    () -> new NodeRecords(stack, WORKER).of(intent).size() == 1 && tokens(stack, intent) >= tokens,
                    () -> "the node has no " + tokens + " tokens of " + intent);
            return new Left(intent, tokens(stack, intent));
        }
    }

    private static void assertStopped(Stack stack, String intent, int seen) {
        JsonNode record = record(stack, intent);
        assertThat(record.path("reason").asString()).isIn("cancelled", "disconnected");
        assertThat(record.at("/usage/completion_tokens").asInt()).isBetween(seen, seen + FURTHER);
        Map<String, String> outcome = new Outcomes(stack).of(intent);
        assertThat(outcome.get("kind")).isEqualTo("left");
        assertThat(outcome.get("completion_tokens"))
                .isEqualTo(record.at("/usage/completion_tokens").toString());
    }

    /** The node's record once it has ended. */
    private static JsonNode record(Stack stack, String intent) {
        NodeRecords records = new NodeRecords(stack, WORKER);
        Eventually.holds(
                Duration.ofSeconds(20),
                () -> records.of(intent).path(0).path("state").asString("").equals("ended"),
                () -> "still running: " + records.of(intent));
        return records.of(intent).path(0);
    }

    private static int tokens(Stack stack, String intent) {
        return new NodeRecords(stack, WORKER)
                .of(intent)
                .path(0)
                .at("/usage/completion_tokens")
                .asInt(0);
    }
}
