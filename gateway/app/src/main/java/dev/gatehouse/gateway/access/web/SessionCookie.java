package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Token;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The cookie that holds a session's token. Where the public port speaks TLS its name makes browsers refuse one that another host or plain HTTP
 * has set. It ends with the browser.
 */
final class SessionCookie {

    private static final String PLAIN = "gatehouse";
    private static final String SECURE = "__Host-gatehouse";

    private SessionCookie() {}

    static Optional<Token> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name(request)))
                        .findFirst()
                        .flatMap(cookie -> Token.presented(cookie.getValue()));
    }

    static void set(HttpServletRequest request, HttpServletResponse response, Token token) {
        response.addHeader(
                HttpHeaders.SET_COOKIE, cookie(request, token.text()).build().toString());
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                cookie(request, "").maxAge(Duration.ZERO).build().toString());
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(HttpServletRequest request, String value) {
        return ResponseCookie.from(name(request), value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path("/");
    }

    private static String name(HttpServletRequest request) {
        return request.isSecure() ? SECURE : PLAIN;
    }
}
