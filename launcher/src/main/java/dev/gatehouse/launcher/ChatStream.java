package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One streamed chat completion: server-sent events in OpenAI's shape, ended by {@code [DONE]}. */
final class ChatStream {
    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http;
    private final Quickstart where;
    private final ChatScreen screen;
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private @Nullable String finishReason;
    private JsonNode usage = JSON.createObjectNode();
    private long sentAt;
    private long firstAt;
    private long lastAt;

    ChatStream(HttpClient http, Quickstart where, ChatScreen screen) {
        this.http = http;
        this.where = where;
        this.screen = screen;
    }

    /**
     * Asks {@code model} and shows the answer as it comes.
     *
     * @throws Failure when the gateway refuses, or the stream breaks
     */
    ChatAnswer ask(String model, String text) throws IOException, InterruptedException {
        sentAt = System.nanoTime();
        HttpResponse<Stream<String>> response = http.send(request(model, text), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                throw refused(response.statusCode(), lines.collect(Collectors.joining("\n")));
            }
            if (!receive(lines.iterator())) {
                throw new Failure(Exit.FAULT, "the answer broke off before its end: ask again");
            }
        }
        return answer(model);
    }

    private HttpRequest request(String model, String text) {
        Map<String, Object> body = Map.of(
                "model",
                model,
                "messages",
                List.of(Map.of("role", "user", "content", text)),
                "stream",
                true,
                "stream_options",
                Map.of("include_usage", true));
        return HttpRequest.newBuilder(URI.create(where.baseUrl() + "/chat/completions"))
                .header("authorization", "Bearer " + where.apiKey())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
    }

    /** Whether the stream ended as it should. */
    private boolean receive(Iterator<String> lines) {
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(DATA)) {
                String event = line.substring(DATA.length()).strip();
                if (event.equals(DONE)) {
                    return true;
                }
                accept(JSON.readTree(event));
            }
        }
        return false;
    }

    private void accept(JsonNode chunk) {
        if (chunk.has("error")) {
            throw new Failure(Exit.FAULT, "the answer broke off: " + message(chunk));
        }
        if (chunk.path("usage").isObject()) {
            usage = chunk.path("usage");
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        accept(delta.path("reasoning_content"), reasoning, screen::think);
        accept(delta.path("content"), content, screen::say);
        if (choice.path("finish_reason").isString()) {
            finishReason = choice.path("finish_reason").asString();
        }
    }

    private void accept(JsonNode piece, StringBuilder whole, Consumer<String> show) {
        if (piece.isString() && !piece.asString().isEmpty()) {
            lastAt = System.nanoTime();
            firstAt = firstAt == 0 ? lastAt : firstAt;
            whole.append(piece.asString());
            show.accept(piece.asString());
        }
    }

    private ChatAnswer answer(String model) {
        long tokens = usage.path("completion_tokens").asLong(0);
        long decodeNanos = lastAt - firstAt;
        double perSecond = decodeNanos == 0 ? 0 : (tokens - 1) * 1e9 / decodeNanos;
        return new ChatAnswer(
                model,
                content.toString(),
                reasoning.toString(),
                finishReason,
                usage.path("prompt_tokens").asLong(0),
                tokens,
                firstAt == 0 ? 0 : (firstAt - sentAt) / 1_000_000,
                perSecond);
    }

    private static Failure refused(int status, String body) {
        try {
            return new Failure(HttpStatus.exit(status), "%s (HTTP %d)".formatted(message(JSON.readTree(body)), status));
        } catch (JacksonException notOurs) {
            return new Failure(HttpStatus.exit(status), "the gateway answers HTTP %d: %s".formatted(status, body));
        }
    }

    private static String message(JsonNode answer) {
        return answer.path("error").path("message").asString("no reason given");
    }
}
