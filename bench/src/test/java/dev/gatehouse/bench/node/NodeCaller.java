package dev.gatehouse.bench.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a node as a gateway does, with tickets of its own making. */
final class NodeCaller implements AutoCloseable {

    static final String NODE = "bench-node";
    static final String INTENT = "01999999-0000-7000-8000-000000000001";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final URI node;
    private final NodeKey key;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    NodeCaller(URI node, byte[] joinSecret) {
        this.node = node;
        this.key = NodeKey.derive(joinSecret, NODE);
    }

    HttpResponse<String> run(int attempt, int cap, String body) {
        return call("POST", exchange(attempt), claims("run", attempt, cap, body), body);
    }

    HttpResponse<InputStream> open(int attempt, int cap, String body) {
        return send(
                request("POST", exchange(attempt), key.sign(claims("run", attempt, cap, body)), body),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    HttpResponse<String> cap(int attempt, int cap, String body) {
        return call("PATCH", exchange(attempt), claims("cap", attempt, cap, body), body);
    }

    HttpResponse<String> stop(int attempt) {
        return call("DELETE", exchange(attempt), claims("stop", attempt, 0, ""), "");
    }

    HttpResponse<String> record(int attempt) {
        return call("GET", exchange(attempt), claims("record", attempt, 0, ""), "");
    }

    HttpResponse<String> recover(String intent) {
        Claims claims = new Claims("recover", intent, 0, NODE, 0, NodeKey.sha256(new byte[0]), soon());
        return call("GET", "/node/v1/exchanges?intent=" + intent, claims, "");
    }

    /** Calls the verb with a ticket for it. */
    HttpResponse<String> turn(String verb) {
        return turn(verb, verb);
    }

    HttpResponse<String> turn(String verb, String allowed) {
        Claims claims = new Claims(allowed, "", 0, NODE, 0, NodeKey.sha256(new byte[0]), soon());
        return call("POST", "/node/v1/" + verb, claims, "");
    }

    HttpResponse<String> call(String method, String path, Claims claims, String body) {
        return send(request(method, path, key.sign(claims), body), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> callWith(String ticket, String method, String path, String body) {
        return send(request(method, path, ticket, body), HttpResponse.BodyHandlers.ofString());
    }

    static Claims claims(String verb, int attempt, int cap, String body) {
        String sha256 = NodeKey.sha256(body.getBytes(StandardCharsets.UTF_8));
        return new Claims(verb, INTENT, attempt, NODE, cap, sha256, soon());
    }

    static String exchange(int attempt) {
        return "/node/v1/exchanges/" + INTENT + "-" + attempt;
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest request(String method, String path, String ticket, String body) {
        return HttpRequest.newBuilder(node.resolve(path))
                .timeout(LIMIT)
                .header("gh-ticket", ticket)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long soon() {
        return System.currentTimeMillis() / 1_000 + 30;
    }
}
