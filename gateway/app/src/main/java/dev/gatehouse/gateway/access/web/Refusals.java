package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.SignInRefusedException;
import dev.gatehouse.gateway.vocabulary.Fault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import tools.jackson.databind.json.JsonMapper;

/** Says no before any controller is reached. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** How long to wait after too many sign-ins. */
    static final String RETRY_SECONDS = "60";

    /** A challenge that makes no browser ask for a password itself. */
    static final String SESSION = "Session realm=\"Gatehouse\"";

    private final JsonMapper json;

    Refusals(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (why instanceof SignInRefusedException refused && refused.tooMany()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            write(response, HttpStatus.TOO_MANY_REQUESTS, "too_many_sign_ins", refused.getMessage());
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge(request));
            @Nullable
            String detail = why instanceof SignInRefusedException refused
                    ? refused.getMessage()
                    : "Sign in with the name and the password of a user (HTTP Basic), or in the console.";
            write(response, HttpStatus.UNAUTHORIZED, "not_signed_in", detail);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        if (why instanceof CsrfException) {
            write(
                    response,
                    HttpStatus.FORBIDDEN,
                    "csrf_token_wrong",
                    "Send the value of the cookie XSRF-TOKEN as the header X-XSRF-TOKEN.");
        } else {
            write(
                    response,
                    HttpStatus.FORBIDDEN,
                    "not_permitted",
                    "There is nothing here that your role may do: check the path and the method, or ask an owner.");
        }
    }

    void handle(HttpServletResponse response, Fault fault) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        write(
                response,
                Problems.status(fault),
                fault.problem().code().wire(),
                fault.problem().message());
    }

    /** Of Basic browsers ask the user themselves, over any page: the console asks for a session. */
    private static String challenge(HttpServletRequest request) {
        String mode = request.getHeader("sec-fetch-mode");
        boolean console = request.getRequestURI().equals(SessionController.PATH)
                || SessionCookie.read(request).isPresent()
                || mode != null && !mode.equals("navigate");
        return console ? SESSION : "Basic realm=\"Gatehouse\", charset=\"UTF-8\"";
    }

    private void write(HttpServletResponse response, HttpStatus status, String code, @Nullable String detail)
            throws IOException {
        ProblemDetail problem = Problems.of(status, code, detail);
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
