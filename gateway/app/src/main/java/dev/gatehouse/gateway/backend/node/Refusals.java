package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a node's refusal means to the client. */
final class Refusals {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Refusals() {}

    static Problem problem(int status, HttpHeaders headers, byte[] body) {
        JsonNode error = error(body);
        return switch (status) {
            case 400, 422 -> callers(error);
            case 404 ->
                Problem.later(
                        Code.NO_NODE,
                        Duration.ofSeconds(5),
                        "The node no longer serves this model. Try again in a few seconds.");
            case 413 ->
                Problem.of(
                        Code.BODY_TOO_LARGE,
                        "The request is larger than the model's node accepts. Send a smaller one.");
            case 429, 503 ->
                Problem.later(
                        Code.NODE_BUSY,
                        retryAfter(headers),
                        "The node can not take the request now. Try again in a moment.");
            default ->
                Problem.of(
                        Code.UPSTREAM_FAILED,
                        "The node refused the gateway's request. Tell the operator the x-request-id.");
        };
    }

    private static Problem callers(JsonNode error) {
        return new Problem(
                code(error.path("code").asString("")),
                error.path("message").asString("The node refused the request."),
                Optional.of(error.path("param").asString("")).filter(param -> !param.isEmpty()),
                Optional.empty());
    }

    private static Code code(String wire) {
        return Arrays.stream(Code.values())
                .filter(code -> code.kind() == Code.Kind.CALLER && code.wire().equals(wire))
                .findFirst()
                .orElse(Code.UPSTREAM_REFUSED);
    }

    private static Duration retryAfter(HttpHeaders headers) {
        return Duration.ofSeconds(Math.clamp(headers.getInt(HttpHeaderNames.RETRY_AFTER, 1), 1, 3600));
    }

    private static JsonNode error(byte[] body) {
        try {
            return JSON.readTree(body).path("error");
        } catch (JacksonException unreadable) {
            return JSON.missingNode();
        }
    }
}
