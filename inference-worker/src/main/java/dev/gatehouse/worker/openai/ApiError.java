package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.Fault;
import dev.gatehouse.worker.engine.RefusedException;
import java.time.Duration;
import java.util.Objects;

/**
 * An error in OpenAI's shape.
 *
 * @param status of HTTP
 * @param type {@code invalid_request_error}, {@code authentication_error} or {@code server_error}
 * @param param the request's member that is wrong; empty if none is
 * @param code stable, lower case with underscores
 * @param retryAfter seconds after which the same request may be taken; 0: not said
 */
public record ApiError(int status, String type, String code, String param, String message, long retryAfter) {

    public static ApiError caller(int status, String code, String param, String message) {
        return new ApiError(status, "invalid_request_error", code, param, message, 0);
    }

    public static ApiError server(int status, String code, String message) {
        return new ApiError(status, "server_error", code, "", message, 0);
    }

    /** @param retryAfter at least a second is said */
    static ApiError busy(String code, String message, Duration retryAfter) {
        return new ApiError(
                503,
                "server_error",
                code,
                "",
                message,
                Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    }

    public static ApiError of(RefusedException refused) {
        String message = Objects.requireNonNullElse(refused.getMessage(), refused.code());
        return switch (refused.kind()) {
            case CALLER -> caller(400, refused.code(), refused.param(), message);
            case BUSY -> busy(refused.code(), message, refused.retryAfter());
        };
    }

    public static ApiError of(Fault fault) {
        return server(500, fault.code(), fault.message());
    }

    /** {@code {"error":{…}}}. */
    public byte[] json() {
        return writeTo(new JsonBytes().raw("{")).raw("}").toBytes();
    }

    JsonBytes writeTo(JsonBytes json) {
        json.raw("\"error\":{\"message\":")
                .string(message)
                .raw(",\"type\":")
                .string(type)
                .raw(",\"param\":");
        if (param.isEmpty()) {
            json.raw("null");
        } else {
            json.string(param);
        }
        return json.raw(",\"code\":").string(code).raw("}");
    }
}
