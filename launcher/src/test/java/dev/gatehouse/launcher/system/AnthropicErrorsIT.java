package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.UnauthorizedException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The ways in which a message is refused: with raw HTTP, and with both SDKs' own exceptions where they can be made to cause it. */
@ExtendWith(Stacks.class)
class AnthropicErrorsIT {

    private static final String HI = Anthropic.message("tiny-moe", "Hello!");

    /** A request, and the answer's status, type, code and what its message names. */
    record Row(String name, String key, String body, int status, String type, String code, String named) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> table() {
        return Stream.of(
                row("not a key", "sk-123", HI, "invalid_api_key", "gh_live_"),
                row("a revoked key", "revoked", HI, "revoked_api_key", "revoked"),
                row("an expired key", "expired", HI, "expired_api_key", "expired"),
                row("an unknown model", "ours", HI.replace("tiny-moe", "claude-x"), "model_not_found", "claude-x"),
                row(
                        "no messages",
                        "ours",
                        "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[]}",
                        "invalid_value",
                        "messages"),
                row(
                        "no max_tokens",
                        "ours",
                        without("\"max_tokens\":4096,"),
                        "missing_required_parameter",
                        "max_tokens"),
                row("a wrong type", "ours", with("\"temperature\":\"hot\""), "invalid_type", "temperature"),
                row("out of range", "ours", with("\"temperature\":1.5"), "invalid_value", "temperature"),
                row(
                        "a wrong content",
                        "ours",
                        content("[{\"type\":\"text\",\"text\":1}]"),
                        "invalid_type",
                        "messages.0.content.0.text"),
                row(
                        "an image",
                        "ours",
                        content("[{\"type\":\"image\",\"source\":{}}]"),
                        "unsupported_value",
                        "/messages/0/content/0"),
                row(
                        "a document",
                        "ours",
                        content("[{\"type\":\"document\",\"source\":{}}]"),
                        "unsupported_value",
                        "messages.0.content.0.type"),
                row(
                        "a tool of Anthropic's",
                        "ours",
                        with(
                                "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"input_schema\":{}}]"),
                        "unsupported_value",
                        "tools.0.type"),
                row(
                        "a begun answer",
                        "ours",
                        HI.replace("}]", "},{\"role\":\"assistant\",\"content\":\"It is\"}]"),
                        "unsupported_value",
                        "messages"),
                row(
                        "a prompt beyond the context",
                        "ours",
                        HI.replace("Hello!", "12 ".repeat(400)),
                        "context_length_exceeded",
                        "context"),
                row(
                        "a card number",
                        "ours",
                        HI.replace("Hello!", "4111 1111 1111 1111"),
                        "content_policy",
                        "/messages/0/content"));
    }

    @ParameterizedTest
    @MethodSource("table")
    void javaSdk(Row row, Stack stack) {
        if (row.named().equals("max_tokens")) {
            return; // it sends no message without
        }
        AnthropicServiceException error = catchThrowableOfType(
                AnthropicServiceException.class,
                () -> Anthropic.sdk(stack, Keys.of(stack, row.key())).messages().create(Anthropic.params(row.body())));
        assertThat(error).isExactlyInstanceOf(exception(row.status()));
        assertThat(error.type().orElseThrow().asString()).isEqualTo(row.type());
        assertThat(error.errorCode()).contains(row.code());
        assertThat(error.apiMessage().orElseThrow()).contains(row.named());
        assertThat(error.requestId().orElseThrow()).matches("[0-9a-f-]{36}");
    }

    @ParameterizedTest
    @MethodSource("table")
    void nodeSdk(Row row, Stack stack) {
        JsonNode error = NodeSdk.anthropic(stack, Keys.of(stack, row.key()), "failure", row.body());
        assertThat(error.path("thrown").asString()).isEqualTo(nodeError(row.status()));
        assertThat(error.path("type").asString()).isEqualTo(row.type());
        assertThat(error.path("code").asString()).isEqualTo(row.code());
        assertThat(error.path("message").asString()).contains(row.named());
        assertThat(error.path("requestId").asString("")).matches("[0-9a-f-]{36}");
    }

    @Test
    void whatNoSdkSendsIsRefusedInTheSameShape(Stack stack) throws IOException {
        String key = "x-api-key: " + stack.key() + "\r\n";
        assertRaw(stack, "POST", "/v1/messages", "", HI, 401, "authentication_error");
        assertRaw(stack, "POST", "/v1/messages", key + "authorization: Bearer x\r\n", HI, 401, "authentication_error");
        assertRaw(stack, "POST", "/v1/messages", key, "{\"model\":", 400, "invalid_request_error");
        assertRaw(stack, "GET", "/v1/messages", key, "", 405, "invalid_request_error");
        assertRaw(stack, "POST", "/v1/messages/nothing", key, HI, 404, "not_found_error");
        assertRaw(stack, "POST", "/v1/messages", key, "#33554433", 413, "request_too_large");
        assertRaw(stack, "GET", "/v1/models/x", key + "anthropic-version: 2023-06-01\r\n", "", 404, "not_found_error");
    }

    private static void assertRaw(
            Stack stack, String method, String path, String headers, String body, int status, String type)
            throws IOException {
        boolean large = body.startsWith("#");
        String length = large ? body.substring(1) : Integer.toString(body.length());
        String answer;
        try (RawHttp http = RawHttp.connect(stack.gateway())) {
            answer = http.send(method + " " + path + " HTTP/1.1\r\nhost: localhost\r\n" + headers
                            + (method.equals("GET") ? "" : "content-length: " + length + "\r\n") + "\r\n"
                            + (large ? "" : body))
                    .answer();
        }
        JsonNode error = Client.JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(answer).startsWith("HTTP/1.1 " + status).containsPattern("\nrequest-id: [0-9a-f-]{36}");
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.at("/error/type").asString()).isEqualTo(type);
        assertThat(answer).contains("request-id: " + error.path("request_id").asString());
        assertThat(answer).doesNotContainIgnoringCase("exception", "dev.gatehouse", "java.", "armeria", "jackson");
    }

    private static Row row(String name, String key, String body, String code, String named) {
        return switch (code) {
            case "model_not_found" -> new Row(name, key, body, 404, "not_found_error", code, named);
            case "invalid_api_key", "revoked_api_key", "expired_api_key" ->
                new Row(name, key, body, 401, "authentication_error", code, named);
            default -> new Row(name, key, body, 400, "invalid_request_error", code, named);
        };
    }

    private static String with(String member) {
        return HI.substring(0, HI.length() - 1) + "," + member + "}";
    }

    private static String without(String member) {
        return HI.replace(member, "");
    }

    private static String content(String blocks) {
        return HI.replace("\"Hello!\"", blocks);
    }

    private static Class<? extends AnthropicServiceException> exception(int status) {
        return switch (status) {
            case 400 -> BadRequestException.class;
            case 401 -> UnauthorizedException.class;
            case 404 -> NotFoundException.class;
            default -> throw new IllegalArgumentException("" + status);
        };
    }

    private static String nodeError(int status) {
        return switch (status) {
            case 400 -> "BadRequestError";
            case 401 -> "AuthenticationError";
            case 404 -> "NotFoundError";
            default -> throw new IllegalArgumentException("" + status);
        };
    }
}
