package dev.gatehouse.launcher.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Files over HTTP, with the faults of real servers. */
final class FileServer implements AutoCloseable {

    private static final int NEVER = Integer.MAX_VALUE;

    private final HttpServer http;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final AtomicInteger cut = new AtomicInteger(NEVER);
    private volatile boolean hasRanges = true;
    private volatile String required = "";

    FileServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    void publish(String path, byte[] content) {
        files.put(path, content);
    }

    void redirect(String path, String to) {
        redirects.put(path, to);
    }

    /** The next answer ends after so many bytes, in the middle of what it promised. */
    void cutOnceAfter(int bytes) {
        cut.set(bytes);
    }

    void withoutRanges() {
        hasRanges = false;
    }

    void requireToken(String token) {
        required = "Bearer " + token;
    }

    /** Of all requests for files that there are; empty for the whole. */
    List<String> ranges() {
        return ranges;
    }

    /** What all requests said who they are. */
    List<String> tokens() {
        return tokens;
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String token =
                    Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("authorization"), "");
            tokens.add(token);
            byte[] content = files.get(path);
            if (!required.isEmpty() && !token.equals(required)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (redirects.containsKey(path)) {
                exchange.getResponseHeaders().set("location", redirects.get(path));
                exchange.sendResponseHeaders(302, -1);
            } else if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                file(exchange, content);
            }
        }
    }

    private void file(HttpExchange exchange, byte[] content) throws IOException {
        String etag = "\"" + Arrays.hashCode(content) + "\"";
        String range = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("range"), "");
        ranges.add(range);
        exchange.getResponseHeaders().set("etag", etag);
        boolean rest = hasRanges
                && !range.isEmpty()
                && etag.equals(exchange.getRequestHeaders().getFirst("if-range"));
        int from = rest ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        exchange.sendResponseHeaders(rest ? 206 : 200, content.length - from);
        OutputStream body = exchange.getResponseBody();
        int sent = Math.min(cut.getAndSet(NEVER), content.length - from);
        body.write(content, from, sent);
        body.flush();
    }
}
