package dev.gatehouse.gateway.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/**
 * Asks whoever changes something with a session's cookie for the header {@code X-XSRF-TOKEN} with the value of the cookie {@code XSRF-TOKEN},
 * which no page of another site can read. Clients without the session's cookie are asked for nothing and get no cookie.
 */
final class CsrfCookie {

    private static final Set<String> READING =
            Set.of(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name(), HttpMethod.TRACE.name());

    private final CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();

    CsrfCookie() {
        tokens.setCookieCustomizer(cookie -> cookie.path("/").sameSite("Lax"));
    }

    void configure(CsrfConfigurer<HttpSecurity> csrf) {
        csrf.spa()
                .csrfTokenRepository(tokens)
                .csrfTokenRequestHandler(new OnlyToSessions())
                .requireCsrfProtectionMatcher(CsrfCookie::asks);
    }

    /** Gives the browser a new token. */
    void renew(HttpServletRequest request, HttpServletResponse response) {
        tokens.saveToken(tokens.generateToken(request), request, response);
    }

    void clear(HttpServletRequest request, HttpServletResponse response) {
        tokens.saveToken(null, request, response);
    }

    /** A sign-in needs none: browsers send JSON to another site only with that site's leave, which nobody has. */
    private static boolean asks(HttpServletRequest request) {
        boolean signIn = request.getMethod().equals(HttpMethod.POST.name())
                && request.getRequestURI().equals(SessionController.PATH);
        return !READING.contains(request.getMethod())
                && !signIn
                && SessionCookie.read(request).isPresent();
    }

    /** Reading the token is what makes its cookie. */
    private static final class OnlyToSessions extends CsrfTokenRequestAttributeHandler {

        @Override
        public void handle(HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
            super.handle(request, response, token);
            if (SessionCookie.read(request).isPresent()) {
                token.get().getToken();
            }
        }
    }
}
