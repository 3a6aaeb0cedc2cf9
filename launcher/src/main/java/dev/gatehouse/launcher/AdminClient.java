package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway's administration ({@code docs/openapi.json}). Every method throws a {@link Failure} when it is refused, or nobody answers. */
final class AdminClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int LARGEST_PAGE = 200;
    private static final String ROOT = "/api/admin/v1";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;
    private final String credentials;

    /** @param url of the gateway's public port, without a path */
    AdminClient(String url, String user, String password) {
        this.url = url;
        this.credentials =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Of the gateway's public port, without a path. */
    String url() {
        return url;
    }

    JsonNode get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    JsonNode post(String path, Map<String, ?> body) {
        return send("POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    JsonNode put(String path, Map<String, ?> body) {
        return send("PUT", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    JsonNode delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /** Gives each thing of a list to {@code item}, part by part. */
    void list(String path, Map<String, String> filter, Consumer<JsonNode> item) {
        Map<String, String> query = new LinkedHashMap<>(filter);
        query.put("limit", Integer.toString(LARGEST_PAGE));
        boolean more = true;
        while (more) {
            JsonNode page = get(path + query(query));
            page.path("items").forEach(item);
            more = page.path("next").isString();
            query.put("cursor", page.path("next").asString(""));
        }
    }

    /** Gives the first things of a list to {@code item}, at most so many. */
    void first(String path, Map<String, String> filter, int most, Consumer<JsonNode> item) {
        Map<String, String> query = new LinkedHashMap<>(filter);
        int left = most;
        while (left > 0) {
            query.put("limit", Integer.toString(Math.min(left, LARGEST_PAGE)));
            JsonNode page = get(path + query(query));
            page.path("items").forEach(item);
            left = page.path("next").isString() ? left - page.path("items").size() : 0;
            query.put("cursor", page.path("next").asString(""));
        }
    }

    /** Events as they come; the caller closes them. */
    EventStream events(String path, Map<String, String> filter) {
        HttpRequest request = request(path + query(filter))
                .header("accept", "text/event-stream")
                .GET()
                .build();
        try {
            HttpResponse<Stream<String>> answer = http.send(request, BodyHandlers.ofLines());
            if (answer.statusCode() / 100 == 2) {
                return new EventStream(answer.body());
            }
            try (Stream<String> problem = answer.body()) {
                throw refused(answer.statusCode(), problem.collect(Collectors.joining("\n")));
            }
        } catch (IOException gone) {
            throw away();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.FAULT, "interrupted");
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private JsonNode send(String method, String path, BodyPublisher body) {
        HttpRequest request = request(path)
                .header("content-type", "application/json")
                .method(method, body)
                .build();
        try {
            return answered(http.send(request, BodyHandlers.ofString()));
        } catch (IOException gone) {
            throw away();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.FAULT, "interrupted");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + ROOT + path))
                .timeout(TIMEOUT)
                .header("authorization", credentials);
    }

    private Failure away() {
        return new Failure(Exit.NOT_READY, "%s does not answer: start it with ./gatehouse up".formatted(url));
    }

    private JsonNode answered(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 == 2) {
            return json(answer.statusCode(), answer.body());
        }
        throw refused(answer.statusCode(), answer.body());
    }

    private Failure refused(int status, String problem) {
        return new Failure(
                HttpStatus.exit(status),
                "%s (HTTP %d)".formatted(json(status, problem).path("detail").asString("no reason given"), status));
    }

    private JsonNode json(int status, String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notOurs) {
            throw new Failure(Exit.FAULT, "%s is no gateway: it answers HTTP %d without JSON".formatted(url, status));
        }
    }

    /** The members as the query of a URL. */
    static String query(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> member.getKey() + "=" + URLEncoder.encode(member.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
