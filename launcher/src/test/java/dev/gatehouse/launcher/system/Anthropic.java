package dev.gatehouse.launcher.system;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonMissing;
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

    /** A body, member by member, so that the SDK sends what it would not let a caller build. */
    static MessageCreateParams params(String body) {
        MessageCreateParams.Builder params = MessageCreateParams.builder()
                .model(JsonMissing.of())
                .maxTokens(JsonMissing.of())
                .messages(JsonMissing.of());
        Client.JSON
                .readTree(body)
                .properties()
                .forEach(member -> params.putAdditionalBodyProperty(
                        member.getKey(), JsonValue.from(Client.JSON.convertValue(member.getValue(), Object.class))));
        return params.build();
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
