package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the relay itself finds, in the shape of the administration's own errors (RFC 9457). */
@Component
final class ApiErrors implements EdgeErrors {

    private static final MediaType PROBLEM = MediaType.create("application", "problem+json");

    private final JsonMapper json = JsonMapper.shared();

    @Override
    public boolean covers(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    @Override
    public AggregatedHttpResponse render(Problem problem) {
        HttpStatus status = status(problem);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", status.reasonPhrase());
        body.put("status", status.code());
        body.put("detail", problem.message());
        body.put("code", problem.code().wire());
        ResponseHeadersBuilder headers = ResponseHeaders.builder(status).contentType(PROBLEM);
        problem.retryAfter()
                .ifPresent(after -> headers.add(HttpHeaderNames.RETRY_AFTER, Long.toString(after.toSeconds())));
        return AggregatedHttpResponse.of(headers.build(), HttpData.wrap(json.writeValueAsBytes(body)));
    }

    private static HttpStatus status(Problem problem) {
        return switch (problem.code()) {
            case BODY_TOO_LARGE -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
            case BODY_TOO_SLOW -> HttpStatus.REQUEST_TIMEOUT;
            default -> ErrorAnswers.status(problem.code());
        };
    }
}
