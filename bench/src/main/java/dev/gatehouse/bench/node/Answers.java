package dev.gatehouse.bench.node;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** JSON answers of the mock node, its refusals in OpenAI's shape. */
final class Answers {

    private static final JsonMapper JSON = new JsonMapper();

    private Answers() {}

    private record Problem(
            String message, String type, @Nullable String param, String code) {}

    static HttpResponse json(Object body) {
        return json(HttpStatus.OK, body);
    }

    static HttpResponse json(HttpStatus status, Object body) {
        return HttpResponse.of(status, MediaType.JSON_UTF_8, HttpData.wrap(JSON.writeValueAsBytes(body)));
    }

    static HttpResponse refuse(HttpStatus status, String code, String message) {
        String type = status.isServerError() ? "server_error" : "invalid_request_error";
        return json(status, Map.of("error", new Problem(message, type, null, code)));
    }

    static HttpResponse ticketInvalid() {
        return refuse(
                HttpStatus.UNAUTHORIZED,
                "ticket_invalid",
                "The ticket is missing, expired, or not made for this call: sign the claims of this very call.");
    }

    static HttpResponse exchangeNotFound(ExchangeId id) {
        return refuse(HttpStatus.NOT_FOUND, "exchange_not_found", "This node has never heard of exchange " + id + ".");
    }

    static HttpResponse badRequest(RuntimeException cause) {
        return refuse(HttpStatus.BAD_REQUEST, "invalid_value", "The request cannot be played: " + cause.getMessage());
    }
}
