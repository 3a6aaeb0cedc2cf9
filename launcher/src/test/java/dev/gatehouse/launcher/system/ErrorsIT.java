package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonMissing;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every way to be refused, with raw HTTP; those that an SDK can be made to cause, with both SDKs' own exceptions too. */
@ExtendWith(Stacks.class)
class ErrorsIT {

    private static final String HI =
            "{\"model\":\"tiny-moe\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
    private static final String KEYS = "gh_live_00000000000000000000000000000000";

    /** One row of the table: a request as it is on the wire, and the answer's status, type, code and param. */
    record Row(
            String name,
            String method,
            String path,
            String key,
            String body,
            int status,
            String type,
            String code,
            String param) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> table() {
        return Stream.of(
                chat("no key", "", HI, 401, "missing_api_key", ""),
                chat("not a key", "sk-123", HI, 401, "invalid_api_key", ""),
                chat("a key with a wrong checksum", KEYS + "000001", HI, 401, "invalid_api_key", ""),
                chat("a key that nobody has", KEYS + checksum(KEYS), HI, 401, "invalid_api_key", ""),
                chat("a revoked key", "revoked", HI, 401, "revoked_api_key", ""),
                chat("an expired key", "expired", HI, 401, "expired_api_key", ""),
                chat("unknown model", "ours", HI.replace("tiny-moe", "gpt-x"), 404, "model_not_found", "model"),
                chat("no model", "ours", "{\"messages\":[]}", 400, "invalid_value", "messages"),
                chat("no messages", "ours", "{\"model\":\"tiny-moe\"}", 400, "missing_required_parameter", "messages"),
                chat("broken JSON", "ours", "{\"model\":", 400, "invalid_json", ""),
                chat("JSON twice", "ours", HI + HI, 400, "invalid_json", ""),
                chat("a member twice", "ours", "{\"model\":\"a\",\"model\":\"b\"}", 400, "invalid_json", ""),
                chat("too deep", "ours", with("\"x\":" + "[".repeat(70) + "]".repeat(70)), 400, "invalid_json", ""),
                chat("invalid UTF-8", "ours", with("\"x\":\"\u00ff\""), 400, "invalid_json", ""),
                chat("a wrong type", "ours", with("\"temperature\":\"hot\""), 400, "invalid_type", "temperature"),
                chat("out of range", "ours", with("\"temperature\":9"), 400, "invalid_value", "temperature"),
                chat("too many tokens", "ours", with("\"max_tokens\":0"), 400, "invalid_value", "max_tokens"),
                chat("an image", "ours", image(), 400, "unsupported_value", "/messages/0/content/0"),
                chat("more answers than it gives", "ours", with("\"n\":9"), 400, "unsupported_value", "n"),
                chat(
                        "a prompt beyond the context",
                        "ours",
                        HI.replace("Hello!", "12 ".repeat(400)),
                        400,
                        "context_length_exceeded",
                        "messages"),
                chat(
                        "a card number",
                        "ours",
                        HI.replace("Hello!", "4111 1111 1111 1111"),
                        400,
                        "content_policy",
                        "/messages/0/content"),
                row("unknown path", "GET", "/v1/nothing", "ours", "", 404, "path_not_found"),
                row("unknown model's page", "GET", "/v1/models/gpt-x", "ours", "", 404, "model_not_found"),
                row("wrong method", "GET", "/v1/chat/completions", "ours", "", 405, "method_not_allowed"),
                row("too large", "POST", "/v1/chat/completions", "ours", "#33554433", 413, "request_too_large"));
    }

    @ParameterizedTest
    @MethodSource("table")
    void rawHttp(Row row, Stack stack) throws IOException {
        String answer;
        try (RawHttp http = RawHttp.connect(stack.gateway())) {
            answer = http.send(request(row, stack)).answer();
        }
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
        JsonNode error = Client.JSON
                .readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4))
                .path("error");
        assertThat(head).startsWith("HTTP/1.1 " + row.status()).containsPattern("x-request-id: [0-9a-f-]{36}");
        assertThat(error.path("type").asString()).isEqualTo(row.type());
        assertThat(error.path("code").asString()).isEqualTo(row.code());
        assertThat(error.path("param").asString("")).isEqualTo(row.param());
        assertThat(error.path("message").asString()).hasSizeGreaterThan(20);
        assertThat(answer)
                .doesNotContainIgnoringCase("exception", "dev.gatehouse", "java.", "\tat ", "armeria", "jackson");
    }

    @ParameterizedTest
    @MethodSource("table")
    void javaSdk(Row row, Stack stack) {
        if (!sdkCanSend(row)) {
            return;
        }
        OpenAIServiceException error = catchThrowableOfType(
                OpenAIServiceException.class,
                () -> java(stack, row).chat().completions().create(params(row)));
        assertThat(error).isNotNull();
        assertThat(error.statusCode()).isEqualTo(row.status());
        assertThat(error.code().orElse("")).isEqualTo(row.code());
        assertThat(error.param().orElse("")).isEqualTo(row.param());
    }

    @ParameterizedTest
    @MethodSource("table")
    void nodeSdk(Row row, Stack stack) {
        if (!sdkCanSend(row)) {
            return;
        }
        JsonNode error = NodeSdk.run(stack.baseUrl(), Keys.of(stack, row.key()), "failure", row.body());
        assertThat(error.path("type").asString()).isEqualTo(nodeType(row.status()));
        assertThat(error.path("status").asInt()).isEqualTo(row.status());
        assertThat(error.path("code").asString()).isEqualTo(row.code());
        assertThat(error.path("param").asString("")).isEqualTo(row.param());
        assertThat(error.path("requestId").asString("")).matches("[0-9a-f-]{36}");
    }

    @Test
    void conflictingLengthsAreRefused(Stack stack) throws IOException {
        for (String lengths : List.of(
                "content-length: 5\r\ncontent-length: 6\r\n", "content-length: 5\r\ntransfer-encoding: chunked\r\n")) {
            try (RawHttp http = RawHttp.connect(stack.gateway())) {
                String answer = http.send(
                                "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n" + lengths + "\r\n0\r\n\r\n")
                        .answer();
                assertThat(answer).startsWith("HTTP/1.1 400");
            }
        }
    }

    @Test
    void theLargestBodyIsRefusedAndHurtsNobody(Stack stack) {
        long gateway = stack.pid("gateway-1");
        long worker = stack.pid("worker-1");
        String body = Client.chat("tiny-moe", "a ".repeat(15_500_000), false);
        assertThat(stack.client().post(body).statusCode()).isBetween(400, 503);
        assertThat(stack.client().post(HI).statusCode()).isEqualTo(200);
        assertThat(stack.pid("gateway-1")).isEqualTo(gateway);
        assertThat(stack.pid("worker-1")).isEqualTo(worker);
    }

    @Test
    void everywhereElseIsNothing(Stack stack) throws IOException {
        for (String path : List.of("/actuator", "/actuator/health", "/apis", "/v2/models", "/v1x", "/consoles")) {
            try (RawHttp http = RawHttp.connect(stack.gateway())) {
                assertThat(http.send("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n")
                                .answer())
                        .startsWith("HTTP/1.1 404");
            }
        }
    }

    @Test
    void whatABrowserAsksForFirstLeadsToTheConsole(Stack stack) throws IOException {
        for (String path : List.of("/", "/console")) {
            try (RawHttp http = RawHttp.connect(stack.gateway())) {
                assertThat(http.send("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n")
                                .answer())
                        .startsWith("HTTP/1.1 302")
                        .contains("location: /console/");
            }
        }
    }

    private static Row chat(String name, String key, String body, int status, String code, String param) {
        return new Row(name, "POST", "/v1/chat/completions", key, body, status, "invalid_request_error", code, param);
    }

    private static Row row(String name, String method, String path, String key, String body, int status, String code) {
        String param = code.equals("model_not_found") ? "model" : "";
        return new Row(name, method, path, key, body, status, "invalid_request_error", code, param);
    }

    private static String with(String member) {
        return HI.substring(0, HI.length() - 1) + "," + member + "}";
    }

    private static String image() {
        return HI.replace(
                "\"Hello!\"", "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA==\"}}]");
    }

    private static String checksum(String key) {
        return Keys.checksum(key.substring("gh_live_".length()));
    }

    private static String request(Row row, Stack stack) {
        boolean large = row.body().startsWith("#");
        String length =
                large ? row.body().substring(1) : Integer.toString(row.body().length());
        String key = Keys.of(stack, row.key());
        return row.method() + " " + row.path() + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                + (key.isEmpty() ? "" : "authorization: Bearer " + key + "\r\n")
                + (row.method().equals("GET") ? "" : "content-length: " + length + "\r\n")
                + "\r\n" + (large ? "" : row.body());
    }

    /** Not those that no SDK can be made to send: broken JSON, other paths, and no key at all. */
    private static boolean sdkCanSend(Row row) {
        return row.path().endsWith("/completions")
                && row.method().equals("POST")
                && !row.key().isEmpty()
                && !row.body().startsWith("#")
                && !row.code().equals("invalid_json");
    }

    private static OpenAIClient java(Stack stack, Row row) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(stack.baseUrl())
                .apiKey(Keys.of(stack, row.key()))
                .maxRetries(0)
                .build();
    }

    /** The row's body, member by member, so that the SDK sends what it would not let a caller build. */
    private static ChatCompletionCreateParams params(Row row) {
        ChatCompletionCreateParams.Builder params =
                ChatCompletionCreateParams.builder().model(JsonMissing.of()).messages(JsonMissing.of());
        Client.JSON
                .readTree(row.body())
                .properties()
                .forEach(member -> params.putAdditionalBodyProperty(
                        member.getKey(), JsonValue.from(Client.JSON.convertValue(member.getValue(), Object.class))));
        return params.build();
    }

    private static String nodeType(int status) {
        return switch (status) {
            case 400 -> "BadRequestError";
            case 401 -> "AuthenticationError";
            case 404 -> "NotFoundError";
            case 429 -> "RateLimitError";
            default -> "InternalServerError";
        };
    }
}
