package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.RefusedException;
import dev.gatehouse.gateway.access.SignInRefusedException;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every problem as a document of RFC 9457, with a stable {@code code}. */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    static ProblemDetail of(HttpStatus status, String code, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(status.getReasonPhrase());
        problem.setProperty("code", code);
        return problem;
    }

    static HttpStatus status(Fault fault) {
        return switch (fault.problem().code()) {
            case DATABASE_UNAVAILABLE, OVERLOADED, SHUTTING_DOWN -> HttpStatus.SERVICE_UNAVAILABLE;
            case UPSTREAM_LOST, UPSTREAM_FAILED -> HttpStatus.BAD_GATEWAY;
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    @ExceptionHandler
    ProblemDetail on(RefusedException refused) {
        return switch (refused.why()) {
            case EXISTS -> of(HttpStatus.CONFLICT, "already_exists", refused.getMessage());
            case MISSING -> of(HttpStatus.NOT_FOUND, "not_found", refused.getMessage());
            case OVER -> of(HttpStatus.CONFLICT, "key_is_over", refused.getMessage());
            case FIXED -> of(HttpStatus.CONFLICT, "cannot_be_changed", refused.getMessage());
            case FORBIDDEN -> of(HttpStatus.FORBIDDEN, "not_permitted", refused.getMessage());
        };
    }

    @ExceptionHandler
    ProblemDetail on(InvalidException invalid) {
        return of(HttpStatus.BAD_REQUEST, "invalid_value", invalid.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(NotFoundException missing) {
        return of(HttpStatus.NOT_FOUND, "not_found", missing.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(SignInRefusedException refused) {
        if (refused.tooMany()) {
            return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                    .header(HttpHeaders.RETRY_AFTER, Refusals.RETRY_SECONDS)
                    .body(of(HttpStatus.TOO_MANY_REQUESTS, "too_many_sign_ins", refused.getMessage()));
        }
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, Refusals.SESSION)
                .body(of(HttpStatus.UNAUTHORIZED, "not_signed_in", refused.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(Fault fault) {
        log.warn("The administration failed: {}", fault.getMessage());
        HttpStatus status = status(fault);
        return ResponseEntity.status(status)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(of(status, fault.problem().code().wire(), fault.problem().message()));
    }

    @ExceptionHandler
    ProblemDetail on(RuntimeException unexpected) {
        log.error("The administration failed", unexpected);
        return of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                Code.INTERNAL.wire(),
                "The gateway failed to handle this request. Its log says why.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = invalid.getBindingResult().getFieldErrors().stream()
                .map(error -> error.getField() + ": " + error.getDefaultMessage())
                .sorted()
                .collect(Collectors.joining("; "));
        return body(invalid, of(HttpStatus.BAD_REQUEST, "invalid_value", detail), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String detail = unreadable.getCause() instanceof UnrecognizedPropertyException unknown
                ? "There is no member '%s' here: leave it out.".formatted(unknown.getPropertyName())
                : "The body is not the JSON object that this call takes: docs/openapi.json describes it.";
        return body(unreadable, of(HttpStatus.BAD_REQUEST, "invalid_json", detail), headers, status, request);
    }

    /** What Spring says of a request, with a code too. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception thrown, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ResponseEntity<Object> answer = super.handleExceptionInternal(thrown, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem && problem.getProperties() == null) {
            problem.setProperty("code", thrown instanceof NoResourceFoundException ? "not_found" : "invalid_request");
        }
        return answer;
    }

    private @Nullable ResponseEntity<Object> body(
            Exception thrown, ProblemDetail problem, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return handleExceptionInternal(thrown, problem, headers, status, request);
    }
}
