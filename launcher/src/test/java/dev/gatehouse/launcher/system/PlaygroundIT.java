package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import dev.gatehouse.launcher.data.Quickstart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a user of the console asks goes the same way as what a key asks, against the real processes. */
@Timeout(180)
@ExtendWith(EchoStacks.class)
class PlaygroundIT {

    private static final String PATH = "/api/admin/v1/playground/chat/completions";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void streamsAndTellsWhatItTookWithoutBeingAsked(Stack stack) throws Exception {
        HttpResponse<String> answer = post(stack, Script.says("One two three.").streamed());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        List<String> data = answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
        assertThat(data.getLast()).isEqualTo("[DONE]");
        assertThat(data.stream()
                        .limit(data.size() - 1)
                        .map(Client.JSON::readTree)
                        .map(PlaygroundIT::content))
                .containsSubsequence("One ", "two ", "three.");
        JsonNode usage = Client.JSON.readTree(data.get(data.size() - 2)).path("usage");
        assertThat(usage.path("completion_tokens").asInt()).isPositive();
    }

    @Test
    void isAuditedAndMeteredAsTheUsersConsoleKeyWhichHasNoSecret(Stack stack) throws Exception {
        String first = id(post(stack, Script.says("Hello!").whole()));
        String second = id(post(stack, Script.says("Hello!").whole()));
        Map<String, String> outcome = new Outcomes(stack).of(first);
        assertThat(outcome).containsEntry("kind", "completed").containsEntry("project", project(stack));
        assertThat(new Outcomes(stack).of(second)).containsEntry("key", String.valueOf(outcome.get("key")));
        assertThat(stack.database().rows("SELECT * FROM ledger WHERE request = ?::uuid", first))
                .hasSize(1);
        assertThat(stack.database()
                        .rows(
                                "SELECT k.kind, k.owner_name, (SELECT count(*) FROM key_secrets s WHERE s.key = k.id) AS secrets FROM keys k WHERE id = ?::uuid",
                                String.valueOf(outcome.get("key"))))
                .containsExactly(Map.of("kind", "console", "owner_name", "admin", "secrets", "0"));
    }

    @Test
    void aClientThatLeavesStopsTheNode(Stack stack) throws IOException {
        Outcomes outcomes = new Outcomes(stack);
        outcomes.awaitNoneOpen();
        String body = Script.words(2000).pacedMs(10).streamed();
        try (RawHttp http = RawHttp.connect(stack.gateway())) {
            http.send("POST " + PATH + " HTTP/1.1\r\nhost: x\r\nauthorization: " + basic(stack)
                    + "\r\ngatehouse-project: " + project(stack) + "\r\ncontent-length: " + body.length() + "\r\n\r\n"
                    + body);
            Eventually.holds(Duration.ofSeconds(20), () -> outcomes.open() == 1, () -> "no open intent");
        }
        Map<String, String> outcome = outcomes.of(outcomes.lastIntent());
        assertThat(outcome).containsEntry("kind", "left");
        assertThat(Integer.parseInt(outcome.getOrDefault("completion_tokens", "")))
                .isLessThan(1000);
    }

    @Test
    void takesTheSessionOfTheConsoleWithItsToken(Stack stack) throws Exception {
        Quickstart quickstart = Quickstart.read(stack.data());
        HttpResponse<String> session = HTTP.send(
                HttpRequest.newBuilder(URI.create(stack.gateway() + "/api/admin/v1/session"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"%s\",\"password\":\"%s\"}"
                                .formatted(quickstart.adminUser(), quickstart.adminPassword())))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String own = cookie(session, "gatehouse");
        String token = cookie(session, "XSRF-TOKEN");
        String body = Script.says("Hello!").whole();
        String cookies = "gatehouse=" + own + "; XSRF-TOKEN=" + token;
        HttpResponse<String> answer =
                send(stack, body, "cookie", cookies, "x-xsrf-token", token, "gatehouse-project", project(stack));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        refused(send(stack, body, "cookie", cookies), 403, "not_permitted");
        refused(send(stack, body, "cookie", cookies, "x-xsrf-token", "another"), 403, "not_permitted");
        refused(
                send(stack, body, "cookie", "gatehouse=" + "A".repeat(43) + "; XSRF-TOKEN=x", "x-xsrf-token", "x"),
                401,
                "not_signed_in");
    }

    @Test
    void refusesInTheShapeOfOpenAi(Stack stack) throws Exception {
        refused(send(stack, "{}"), 401, "not_signed_in");
        refused(send(stack, "{}", "authorization", "Bearer " + stack.key()), 401, "not_signed_in");
        refused(post(stack, "{}"), 400, "missing_required_parameter");
        refused(send(stack, "{}", "authorization", basic(stack), "sec-fetch-site", "cross-site"), 403, "not_permitted");
        refused(post(stack, Client.chat("no-such-model", "Hello!", true)), 404, "model_not_found");
    }

    private static String content(JsonNode chunk) {
        return chunk.path("choices").path(0).path("delta").path("content").asString("");
    }

    private static String id(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("x-request-id").orElseThrow();
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Client.JSON.readTree(answer.body()).at("/error/code").asString())
                .isEqualTo(code);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    }

    private static HttpResponse<String> post(Stack stack, String body) throws Exception {
        return send(stack, body, "authorization", basic(stack), "gatehouse-project", project(stack));
    }

    private static HttpResponse<String> send(Stack stack, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stack.gateway() + PATH))
                .timeout(Duration.ofSeconds(60))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String project(Stack stack) {
        return stack.database()
                .rows("SELECT id FROM projects WHERE name = 'default'")
                .getFirst()
                .getOrDefault("id", "");
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("set-cookie").stream()
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    private static String basic(Stack stack) {
        Quickstart quickstart = Quickstart.read(stack.data());
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((quickstart.adminUser() + ":" + quickstart.adminPassword())
                                .getBytes(StandardCharsets.UTF_8));
    }
}
