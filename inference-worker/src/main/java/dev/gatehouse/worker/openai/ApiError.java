package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.Fault;
import dev.gatehouse.worker.engine.RefusedException;
import java.util.Objects;

/**
 * An error in OpenAI's shape.
 *
 * @param status of HTTP
 * @param type {@code invalid_request_error}, {@code authentication_error} or {@code server_error}
 * @param param the request's member that is wrong; empty if none is
 * @param code stable, lower case with underscores
 */
public record ApiError(int status, String type, String code, String param, String message) {

    public static ApiError caller(int status, String code, String param, String message) {
        return new ApiError(status, "invalid_request_error", code, param, message);
    }

    public static ApiError server(int status, String code, String message) {
        return new ApiError(status, "server_error", code, "", message);
    }

    public static ApiError of(RefusedException refused) {
        String message = Objects.requireNonNullElse(refused.getMessage(), refused.code());
        return switch (refused.kind()) {
            case CALLER -> caller(400, refused.code(), refused.param(), message);
            case BUSY -> server(503, refused.code(), message);
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
