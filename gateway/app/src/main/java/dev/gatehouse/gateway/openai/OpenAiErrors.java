package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.gatehouse.gateway.dialect.Errors;
import dev.gatehouse.gateway.dialect.Events;
import dev.gatehouse.gateway.dialect.Headers;
import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.edge.EdgeErrors;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Standing;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/** Problems in OpenAI's shape: {@code {"error":{"message","type","param","code"}}}; also those of paths that no other dialect covers. */
@Component
@Order
final class OpenAiErrors implements Errors, EdgeErrors {

    private final Clock clock;

    OpenAiErrors(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean covers(String path) {
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    @Override
    public AggregatedHttpResponse render(Problem problem) {
        return answer(IntentId.next(clock), problem);
    }

    @Override
    public void identify(ResponseHeadersBuilder head, IntentId id) {
        head.add(Headers.REQUEST_ID, id.toString());
    }

    @Override
    public void limits(ResponseHeadersBuilder head, Standing standing) {
        RateLimits.add(head, standing);
    }

    @Override
    public byte[] event(IntentId id, Problem problem) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(512);
        event.writeBytes(Events.data());
        event.writeBytes(body(id, problem));
        event.writeBytes(Events.end());
        return event.toByteArray();
    }

    @Override
    public byte[] body(IntentId id, Problem problem) {
        return Json.object(json -> {
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("message", problem.message());
            json.writeStringProperty("type", type(problem.code()));
            nullable(json, "param", problem.param().orElse(null));
            json.writeStringProperty("code", problem.code().wire());
            json.writeEndObject();
        });
    }

    private static void nullable(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }

    private static String type(Code code) {
        return switch (code.kind()) {
            case CALLER, POLICY -> "invalid_request_error";
            case LIMIT -> "rate_limit_error";
            case UPSTREAM, OURS -> "server_error";
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
            case UPSTREAM_LOST, UPSTREAM_FAILED -> HttpStatus.BAD_GATEWAY;
            case DEADLINE -> HttpStatus.GATEWAY_TIMEOUT;
            case NO_NODE, NODE_BUSY, AUDIT_UNAVAILABLE, DATABASE_UNAVAILABLE, OVERLOADED, SHUTTING_DOWN ->
                HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
