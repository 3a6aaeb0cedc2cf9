package dev.gatehouse.gateway.access.web;

import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps cookies, and sends the XSRF token as the console does. */
public final class Browser {

    private final Caller caller;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public Browser(String base) {
        caller = new Caller(base, null, "");
    }

    /** Signs in. */
    public HttpResponse<String> signIn(String name, String password) {
        return send("POST", "/session", "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
    }

    /** Signs in with what follows {@code #link=}. */
    public HttpResponse<String> follow(String link) {
        return send("POST", "/session", "{\"link\":\"%s\"}".formatted(link));
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    public HttpResponse<String> send(String method, String path, @Nullable String json) {
        String token = cookies.get("XSRF-TOKEN");
        return token == null ? sendWithout(method, path, json) : sendWithout(method, path, json, "x-xsrf-token", token);
    }

    /** Sends no token beside the cookie but what is given. */
    HttpResponse<String> sendWithout(String method, String path, @Nullable String json, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (!cookies.isEmpty()) {
            all.addAll(List.of("cookie", cookieHeader()));
        }
        HttpResponse<String> answer = caller.send(method, path, json, all.toArray(String[]::new));
        answer.headers().allValues("set-cookie").stream()
                .flatMap(line -> HttpCookie.parse(line).stream())
                .forEach(this::take);
        return answer;
    }

    String cookie(String name) {
        return Objects.requireNonNull(cookies.get(name), () -> "no cookie " + name + " among " + cookies.keySet());
    }

    void put(String name, String value) {
        cookies.put(name, value);
    }

    private void take(HttpCookie cookie) {
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie.getValue());
        }
    }

    private String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }
}
