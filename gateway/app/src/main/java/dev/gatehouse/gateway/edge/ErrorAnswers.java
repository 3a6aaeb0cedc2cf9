package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server answers when it never came to a service, or a service threw: nothing of the program's inside. */
final class ErrorAnswers implements ServerErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

    private final List<EdgeErrors> dialects;

    ErrorAnswers(List<EdgeErrors> dialects) {
        this.dialects = dialects;
    }

    @Override
    public HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        return render(context.path(), problemOf(cause)).toHttpResponse();
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        String path = headers == null ? "/" : headers.path();
        return render(path, problemOf(status));
    }

    private AggregatedHttpResponse render(String path, Problem problem) {
        return dialects.stream()
                .filter(dialect -> dialect.covers(path))
                .findFirst()
                .map(dialect -> dialect.render(problem))
                .orElseGet(() -> plain(problem));
    }

    private static AggregatedHttpResponse plain(Problem problem) {
        return AggregatedHttpResponse.of(status(problem.code()), MediaType.PLAIN_TEXT_UTF_8, problem.message() + "\n");
    }

    static HttpStatus status(Code code) {
        return switch (code.kind()) {
            case CALLER ->
                switch (code) {
                    case PATH_NOT_FOUND -> HttpStatus.NOT_FOUND;
                    case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
                    default -> HttpStatus.BAD_REQUEST;
                };
            case LIMIT -> HttpStatus.TOO_MANY_REQUESTS;
            case POLICY -> HttpStatus.FORBIDDEN;
            case UPSTREAM -> HttpStatus.BAD_GATEWAY;
            case OURS -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    private static Problem problemOf(Throwable cause) {
        if (Reading.problem(cause) instanceof Problem reading) {
            return reading;
        }
        if (cause instanceof Fault fault) {
            return fault.problem();
        }
        if (cause instanceof HttpStatusException told) {
            return problemOf(told.httpStatus());
        }
        if (Exceptions.isExpected(cause)) {
            log.debug("A client left", cause);
        } else {
            log.error("A request failed", cause);
        }
        return Problem.of(
                Code.INTERNAL,
                "The gateway failed to handle this request. Try again; if it fails again, report the x-request-id.");
    }

    private static Problem problemOf(HttpStatus status) {
        return switch (status.code()) {
            case 404 -> Problem.of(Code.PATH_NOT_FOUND, "There is nothing at this path.");
            case 405 -> Problem.of(Code.METHOD_NOT_ALLOWED, "This path does not support this method.");
            case 408 -> Reading.TOO_SLOW;
            case 413 -> Reading.TOO_LARGE;
            case 503 -> Problem.of(Code.SHUTTING_DOWN, "The gateway is shutting down. Try again.");
            default ->
                Problem.of(
                        Code.INVALID_VALUE,
                        "The request is not valid HTTP: check its request line, headers and length.");
        };
    }
}
