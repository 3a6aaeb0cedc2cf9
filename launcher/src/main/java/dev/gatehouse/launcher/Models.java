package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a gateway which models it has. */
final class Models {
    private Models() {}

    /**
     * The id of the first model that {@code base} lists now.
     *
     * @throws Failure when it lists none or refuses
     */
    static String first(HttpClient http, String base, String key) throws IOException, InterruptedException {
        HttpResponse<String> answer = list(http, base, key);
        return first(answer).orElseThrow(() -> noModel(base, answer));
    }

    private static HttpResponse<String> list(HttpClient http, String base, String key)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/models"))
                .header("authorization", "Bearer " + key)
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static Optional<String> first(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            return Optional.empty();
        }
        JsonNode id =
                JsonMapper.shared().readTree(answer.body()).path("data").path(0).path("id");
        return id.isString() ? Optional.of(id.asString()) : Optional.empty();
    }

    private static Failure noModel(String base, HttpResponse<String> answer) {
        return new Failure(
                HttpStatus.exit(answer.statusCode()),
                "no worker has registered a model: %s/models answers %d %s"
                        .formatted(base, answer.statusCode(), answer.body()));
    }
}
