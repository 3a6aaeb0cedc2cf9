package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.node.TestGateway.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code /v1/**} of a node that wants no tickets. */
class DirectTest {

    @TempDir
    static Path directory;

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        node = TestNode.withoutTickets(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void answersWhole() throws Exception {
        JsonNode answer = complete(
                        TestGateway.script("{'reasoning':'hm','content':'yes','tool':{'name':'add','arguments':'{}'}}"))
                .json();

        JsonNode choice = answer.path("choices").path(0);
        assertThat(answer.path("object").stringValue()).isEqualTo("chat.completion");
        assertThat(choice.path("message").path("content").stringValue()).isEqualTo("yes");
        assertThat(choice.path("message").path("reasoning_content").stringValue())
                .isEqualTo("hm");
        JsonNode call = choice.path("message").path("tool_calls").path(0);
        assertThat(call.path("function").path("name").stringValue()).isEqualTo("add");
        assertThat(call.path("function").path("arguments").stringValue()).isEqualTo("{}");
        assertThat(choice.path("finish_reason").stringValue()).isEqualTo("tool_calls");
        assertThat(answer.path("usage").path("completion_tokens").intValue()).isEqualTo(3);
    }

    @Test
    void answersWholeWithSeveralChoices() throws Exception {
        JsonNode answer = complete(TestGateway.chat("a b").replaceFirst("\\{", "{\"n\":2,"))
                .json();

        for (int index = 0; index < 2; index++) {
            JsonNode choice = answer.path("choices").path(index);
            assertThat(choice.path("index").intValue()).isEqualTo(index);
            assertThat(choice.path("message").path("content").stringValue()).isEqualTo("a b");
            assertThat(choice.path("finish_reason").stringValue()).isEqualTo("stop");
        }
        assertThat(answer.path("usage").path("prompt_tokens").intValue()).isEqualTo(2);
        assertThat(answer.path("usage").path("completion_tokens").intValue()).isEqualTo(4);
    }

    @Test
    void streamsWithoutGhAndWithUsageOnlyWhenAsked() throws Exception {
        String body = TestGateway.chat("a b").replace("{\"model\"", "{\"stream\":true,\"model\"");

        List<JsonNode> frames = stream(body);
        List<JsonNode> withUsage =
                stream(body.replace("{\"stream\"", "{\"stream_options\":{\"include_usage\":true},\"stream\""));

        assertThat(Sse.text(frames, "content")).isEqualTo("a b");
        assertThat(frames).noneMatch(frame -> frame.has("gh") || frame.has("usage"));
        assertThat(withUsage.getLast().path("usage").path("completion_tokens").intValue())
                .isEqualTo(2);
        assertThat(withUsage).noneMatch(frame -> frame.has("gh"));
    }

    @Test
    void listsItsModel() throws Exception {
        assertThat(node.gateway
                        .call("GET", "/v1/models", "", "")
                        .json()
                        .path("data")
                        .path(0)
                        .path("id")
                        .stringValue())
                .isEqualTo("echo");
        assertThat(node.gateway
                        .call("GET", "/v1/models/echo", "", "")
                        .json()
                        .path("object")
                        .stringValue())
                .isEqualTo("model");
        assertThat(node.gateway.call("GET", "/v1/models/other", "", "").code()).isEqualTo("model_not_found");
    }

    @Test
    void refusesInOpenAisShape() throws Exception {
        Answer answer =
                complete("{\"model\":\"echo\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"temperature\":3}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("param").stringValue()).isEqualTo("temperature");
    }

    @Test
    void saysInItsHealthThatItWantsNoTickets() throws Exception {
        assertThat(node.gateway.health().json().path("tickets").booleanValue()).isFalse();
    }

    private static Answer complete(String body) throws Exception {
        return node.gateway.call("POST", "/v1/chat/completions", "", body);
    }

    private static List<JsonNode> stream(String body) throws Exception {
        URI target = node.url.resolve("/v1/chat/completions");
        HttpRequest request = HttpRequest.newBuilder(target)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient();
                Sse sse = new Sse(
                        200,
                        http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                                .body())) {
            List<JsonNode> frames = sse.all();
            assertThat(sse.done()).isTrue();
            return frames;
        }
    }
}
