package dev.gatehouse.gateway.anthropic;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.gatehouse.gateway.dialect.Errors;
import dev.gatehouse.gateway.dialect.Headers;
import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.edge.EdgeErrors;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Standing;
import io.netty.util.AsciiString;
import java.time.Clock;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Problems in Anthropic's shape: {@code {"type":"error","error":{"type","message","details":{"error_code"}},"request_id"}}. The message
 * names the member that is wrong; the error code is ours and the same in every dialect.
 */
@Component
@Order(0)
final class AnthropicErrors implements Errors, EdgeErrors {

    private static final AsciiString REQUEST_ID = AsciiString.cached("request-id");
    private static final HttpStatus OVERLOADED = HttpStatus.valueOf(529);

    private final Clock clock;

    AnthropicErrors(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean covers(String path) {
        return path.equals("/v1/messages") || path.startsWith("/v1/messages/");
    }

    @Override
    public AggregatedHttpResponse render(Problem problem) {
        return answer(IntentId.next(clock), problem);
    }

    @Override
    public void identify(ResponseHeadersBuilder head, IntentId id) {
        head.add(REQUEST_ID, id.toString()).add(Headers.REQUEST_ID, id.toString());
    }

    @Override
    public void limits(ResponseHeadersBuilder head, Standing standing) {
        RateLimits.add(head, standing, clock.instant());
    }

    @Override
    public byte[] event(IntentId id, Problem problem) {
        return Events.of("error", body(id, problem));
    }

    @Override
    public byte[] body(IntentId id, Problem problem) {
        return Json.object(json -> {
            json.writeStringProperty("type", "error");
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("type", type(problem.code()));
            json.writeStringProperty("message", message(problem));
            json.writeObjectPropertyStart("details");
            json.writeStringProperty("error_code", problem.code().wire());
            json.writeEndObject();
            json.writeEndObject();
            json.writeStringProperty("request_id", id.toString());
        });
    }

    private static String message(Problem problem) {
        return problem.param()
                .filter(param -> !problem.message().contains(param))
                .map(param -> param + ": " + problem.message())
                .orElse(problem.message());
    }

    static String type(Code code) {
        return switch (code) {
            case KEY_MISSING, KEY_INVALID, KEY_REVOKED, KEY_EXPIRED, NOT_SIGNED_IN -> "authentication_error";
            case MODEL_NOT_PERMITTED, ENDPOINT_NOT_PERMITTED, ADDRESS_NOT_PERMITTED, NOT_PERMITTED ->
                "permission_error";
            case MODEL_NOT_FOUND, PATH_NOT_FOUND -> "not_found_error";
            case BODY_TOO_LARGE -> "request_too_large";
            case RATE_LIMITED, BUDGET_EXCEEDED, TOO_MANY_SIGN_INS -> "rate_limit_error";
            case INVALID_JSON,
                    INVALID_TYPE,
                    INVALID_VALUE,
                    MISSING_PARAMETER,
                    UNSUPPORTED,
                    CONTEXT_LENGTH,
                    UPSTREAM_REFUSED,
                    CONTENT_POLICY,
                    METHOD_NOT_ALLOWED,
                    BODY_TOO_SLOW -> "invalid_request_error";
            case DEADLINE -> "timeout_error";
            case NO_NODE, NODE_BUSY, OVERLOADED -> "overloaded_error";
            case UPSTREAM_LOST, UPSTREAM_FAILED, AUDIT_UNAVAILABLE, DATABASE_UNAVAILABLE, SHUTTING_DOWN, INTERNAL ->
                "api_error";
        };
    }

    @Override
    public HttpStatus status(Code code) {
        return switch (code) {
            case KEY_MISSING, KEY_INVALID, KEY_REVOKED, KEY_EXPIRED, NOT_SIGNED_IN -> HttpStatus.UNAUTHORIZED;
            case MODEL_NOT_PERMITTED, ENDPOINT_NOT_PERMITTED, ADDRESS_NOT_PERMITTED, NOT_PERMITTED ->
                HttpStatus.FORBIDDEN;
            case MODEL_NOT_FOUND, PATH_NOT_FOUND -> HttpStatus.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
            case BODY_TOO_LARGE -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
            case BODY_TOO_SLOW -> HttpStatus.REQUEST_TIMEOUT;
            case RATE_LIMITED, BUDGET_EXCEEDED, TOO_MANY_SIGN_INS -> HttpStatus.TOO_MANY_REQUESTS;
            case INVALID_JSON,
                    INVALID_TYPE,
                    INVALID_VALUE,
                    MISSING_PARAMETER,
                    UNSUPPORTED,
                    CONTEXT_LENGTH,
                    UPSTREAM_REFUSED,
                    CONTENT_POLICY -> HttpStatus.BAD_REQUEST;
            case DEADLINE -> HttpStatus.GATEWAY_TIMEOUT;
            case NO_NODE, NODE_BUSY, OVERLOADED -> OVERLOADED;
            case AUDIT_UNAVAILABLE, DATABASE_UNAVAILABLE, SHUTTING_DOWN -> HttpStatus.SERVICE_UNAVAILABLE;
            case UPSTREAM_LOST, UPSTREAM_FAILED, INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
