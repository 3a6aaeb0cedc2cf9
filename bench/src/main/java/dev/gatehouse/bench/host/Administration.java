package dev.gatehouse.bench.host;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The administration of a running Gatehouse, as its administrator uses it. */
public final class Administration implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LAST_GOOD = 299;

    private final URI root;
    private final String user;
    private final String password;

    /** The session's cookie; empty before {@link #signIn}. */
    private String cookie = "";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    Administration(URI gateway, String user, String password) {
        this.root = gateway.resolve("/api/admin/v1/");
        this.user = user;
        this.password = password;
    }

    /**
     * A key of the default project.
     *
     * @param secret what its callers send
     */
    public record Key(String id, String secret) {}

    /** Makes a key in the first project. */
    public Key createKey(String name) {
        JsonNode project = send(request("projects?limit=1").GET()).path("items").path(0);
        JsonNode made = post("keys", Map.of("project", project.path("id").asString(""), "name", name));
        return new Key(
                made.path("key").path("id").asString(""), made.path("secret").asString(""));
    }

    /** Sets what each call of a model costs from now on, in units of the currency. */
    public void price(String model, BigDecimal perCall) {
        post("prices", Map.of("model", model, "perCall", perCall.toPlainString()));
    }

    /**
     * Sets what a key may spend in a quarter, in units of the currency.
     *
     * @return the limit's id
     */
    public String budget(Key key, BigDecimal amount) {
        return post(
                        "limits",
                        Map.of(
                                "level", "key",
                                "subject", key.id(),
                                "what", "charge",
                                "per", "quarter",
                                "amount", amount.toPlainString()))
                .path("id")
                .asString("");
    }

    /** Begins a session, as the console does: from now on reading does not wait for the slow hash of the password. */
    public void signIn() {
        String body = JSON.writeValueAsString(Map.of("name", user, "password", password));
        HttpResponse<String> answer = answer(at("session")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        cookie = answer.headers().allValues("set-cookie").stream()
                .map(set -> set.split(";", 2)[0])
                .collect(Collectors.joining("; "));
    }

    /**
     * What a list or a view answers.
     *
     * @param path below the administration's root, with its query
     */
    public JsonNode get(String path) {
        return send(cookie.isEmpty() ? request(path) : at(path).header("cookie", cookie));
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode post(String path, Map<String, Object> body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        String credentials =
                Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return at(path).header("authorization", "Basic " + credentials).header("content-type", "application/json");
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(LIMIT);
    }

    private JsonNode send(HttpRequest.Builder request) {
        return JSON.readTree(answer(request).body());
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() > LAST_GOOD) {
                throw new NotReadyException("the administration answered " + answer.statusCode() + " to "
                        + answer.request().uri() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new NotReadyException("the administration at " + root + " cannot be asked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotReadyException("the administration was not asked: this run was interrupted");
        }
    }
}
