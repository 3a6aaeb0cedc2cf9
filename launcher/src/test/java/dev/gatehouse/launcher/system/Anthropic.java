package dev.gatehouse.launcher.system;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.MessageCreateParams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Clients of the Anthropic dialect, and the bodies that they send. */
final class Anthropic {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Anthropic() {}

    /** The official SDK, which here also checks that every answer has the shape that it promises. */
    static AnthropicClient sdk(Stack stack) {
        return sdk(stack, stack.key());
    }

    static AnthropicClient sdk(Stack stack, String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(stack.gateway())
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    /** A message of a user, with further members of the request. */
    static String message(String model, String content, String... members) {
        StringBuilder body = new StringBuilder("{\"model\":" + Client.JSON.writeValueAsString(model)
                + ",\"max_tokens\":4096,\"messages\":[{\"role\":\"user\",\"content\":"
                + Client.JSON.writeValueAsString(content) + "}]");
        for (String member : members) {
            body.append(',').append(member);
        }
        return body.append('}').toString();
    }

    /** A message that has the echo engine play a script. */
    static String script(Script script, String... members) {
        return message(EchoStacks.MODEL, Client.JSON.writeValueAsString(script.members()), members);
    }

    /** A body as the SDK's own parameters, whatever it holds beside the model, {@code max_tokens} and the messages. */
    static MessageCreateParams params(String body) {
        JsonNode members = Client.JSON.readTree(body);
        MessageCreateParams.Builder params = MessageCreateParams.builder()
                .model(members.path("model").asString())
                .maxTokens(members.path("max_tokens").asLong())
                .messages(value(members.path("messages")));
        members.properties().stream()
                .filter(member -> !Set.of("model", "max_tokens", "messages").contains(member.getKey()))
                .forEach(member -> params.putAdditionalBodyProperty(member.getKey(), value(member.getValue())));
        return params.build();
    }

    private static JsonValue value(JsonNode json) {
        return JsonValue.from(Client.JSON.convertValue(json, Object.class));
    }

    static HttpResponse<String> post(Stack stack, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.baseUrl() + path))
                .timeout(Duration.ofSeconds(60))
                .header("x-api-key", stack.key())
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** An answer in one piece. */
    static JsonNode ask(Stack stack, String body) {
        HttpResponse<String> answer = post(stack, "/messages", body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return Client.JSON.readTree(answer.body());
    }

    /** The data of every event of a streamed answer; each event's name is the type of its data. */
    static List<JsonNode> events(Stack stack, String body) {
        List<JsonNode> events = new ArrayList<>();
        for (String event : post(stack, "/messages", body).body().split("\n\n")) {
            JsonNode data = Client.JSON.readTree(event.substring(event.indexOf("\ndata: ") + 7));
            if (!event.startsWith("event: " + data.path("type").asString() + "\n")) {
                throw new AssertionError(event);
            }
            events.add(data);
        }
        return events;
    }
}
