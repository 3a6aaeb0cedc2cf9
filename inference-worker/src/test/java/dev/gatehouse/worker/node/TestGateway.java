package dev.gatehouse.worker.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls a node as a gateway does; makes its tickets without the node's own code. */
final class TestGateway {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final String NODE = "worker-1";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI node;

    TestGateway(URI node) {
        this.node = node;
    }

    static ObjectNode claims(String verb, String id, long cap, String body) {
        int dash = id.lastIndexOf('-');
        ObjectNode claims = JSON.createObjectNode();
        claims.put("verb", verb);
        claims.put("intent", id.isEmpty() ? "" : id.substring(0, dash));
        claims.put("attempt", id.isEmpty() ? 0 : Integer.parseInt(id.substring(dash + 1)));
        claims.put("node", NODE);
        claims.put("cap", cap);
        claims.put("sha256", sha256(body));
        claims.put("exp", Instant.now().getEpochSecond() + 30);
        return claims;
    }

    static String sign(JsonNode claims, byte[] key) {
        byte[] bytes = JSON.writeValueAsBytes(claims);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(bytes) + "." + base64.encodeToString(hmac(key, bytes));
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A chat whose last user message is this text. */
    static String chat(String text) {
        ObjectNode chat = JSON.createObjectNode().put("model", "echo");
        chat.putArray("messages").addObject().put("role", "user").put("content", text);
        return chat.toString();
    }

    static String script(String json) {
        return chat(json.replace('\'', '"'));
    }

    HttpResponse<InputStream> openStream(String id, long cap, String body) throws IOException, InterruptedException {
        return http.send(
                request("POST", "/node/v1/exchanges/" + id, sign(claims("run", id, cap, body), KEY), body),
                BodyHandlers.ofInputStream());
    }

    Sse run(String id, long cap, String body) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = openStream(id, cap, body);
        return new Sse(response.statusCode(), response.body());
    }

    Sse resume(String id, long cap, String body) throws IOException, InterruptedException {
        String path = "/node/v1/exchanges/" + id + "/resume";
        HttpResponse<InputStream> response = http.send(
                request("POST", path, sign(claims("resume", id, cap, body), KEY), body), BodyHandlers.ofInputStream());
        return new Sse(response.statusCode(), response.body());
    }

    /** The body of a resume: the run's, and what came of its answer. */
    static String begun(String body, List<JsonNode> frames) {
        ObjectNode resume = (ObjectNode) JSON.readTree(body);
        ObjectNode gh = resume.putObject("gh");
        ArrayNode ids = gh.putArray("ids");
        frames.forEach(frame -> frame.path("gh").path("ids").forEach(ids::add));
        gh.put("characters", frames.stream().mapToInt(TestGateway::characters).sum());
        return resume.toString();
    }

    private static int characters(JsonNode frame) {
        JsonNode delta = frame.at("/choices/0/delta");
        int characters = delta.path("content").asString("").length()
                + delta.path("reasoning_content").asString("").length();
        for (JsonNode call : delta.path("tool_calls")) {
            characters += call.at("/function/name").asString("").length()
                    + call.at("/function/arguments").asString("").length();
        }
        return characters;
    }

    /** For a tenant with these secrets, base64url. */
    Sse run(String id, long cap, String body, String salt, String kvKey) throws IOException, InterruptedException {
        ObjectNode claims = claims("run", id, cap, body);
        claims.putObject("tenant").put("salt", salt).put("kvKey", kvKey);
        HttpResponse<InputStream> response = http.send(
                request("POST", "/node/v1/exchanges/" + id, sign(claims, KEY), body), BodyHandlers.ofInputStream());
        return new Sse(response.statusCode(), response.body());
    }

    Answer patch(String id, long cap, boolean last) throws IOException, InterruptedException {
        String body = "{\"cap\":" + cap + (last ? ",\"final\":true}" : "}");
        return call("PATCH", "/node/v1/exchanges/" + id, sign(claims("cap", id, cap, body), KEY), body);
    }

    Answer stop(String id) throws IOException, InterruptedException {
        return call("DELETE", "/node/v1/exchanges/" + id, sign(claims("stop", id, 0, ""), KEY), "");
    }

    Answer record(String id) throws IOException, InterruptedException {
        return call("GET", "/node/v1/exchanges/" + id, sign(claims("record", id, 0, ""), KEY), "");
    }

    Answer recover(String intent) throws IOException, InterruptedException {
        ObjectNode claims = claims("recover", intent + "-1", 0, "").put("attempt", 0);
        return call("GET", "/node/v1/exchanges?intent=" + intent, sign(claims, KEY), "");
    }

    Answer totals(String from, String until) throws IOException, InterruptedException {
        String path = "/node/v1/exchanges/totals?from=" + from + "&until=" + until;
        return call("GET", path, sign(claims("totals", "", 0, ""), KEY), "");
    }

    Answer quote(String intent, String body) throws IOException, InterruptedException {
        ObjectNode claims = claims("quote", intent + "-1", 0, body).put("attempt", 0);
        return call("POST", "/node/v1/quote?intent=" + intent, sign(claims, KEY), body);
    }

    Answer drain(boolean wanted) throws IOException, InterruptedException {
        String verb = wanted ? "drain" : "undrain";
        return call("POST", "/node/v1/" + verb, sign(claims(verb, "", 0, ""), KEY), "");
    }

    Sse events() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(
                request("GET", "/node/v1/events", sign(claims("events", "", 0, ""), KEY), ""),
                BodyHandlers.ofInputStream());
        return new Sse(response.statusCode(), response.body());
    }

    Answer health() throws IOException, InterruptedException {
        return call("GET", "/node/v1/health", "", "");
    }

    String metrics() throws IOException, InterruptedException {
        return http.send(request("GET", "/metrics", "", ""), BodyHandlers.ofString())
                .body();
    }

    Answer call(String method, String path, String ticket, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(method, path, ticket, body), BodyHandlers.ofString());
        return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
    }

    private HttpRequest request(String method, String path, String ticket, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return ticket.isEmpty()
                ? request.build()
                : request.header("gh-ticket", ticket).build();
    }

    record Answer(int status, JsonNode json, HttpResponse<String> response) {

        String code() {
            return json.path("error").path("code").asString("");
        }
    }
}
