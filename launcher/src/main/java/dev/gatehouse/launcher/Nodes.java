package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;

/** Workers as the gateway knows them. */
final class Nodes {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String READY = "gatehouse_nodes_ready ";

    private Nodes() {}

    /**
     * Waits until a gateway can choose from so many nodes.
     *
     * @param metricsUrl the gateway's Prometheus URL
     * @throws Failure after 30 seconds
     */
    static void awaitReady(String metricsUrl, int workers) throws InterruptedException {
        Instant deadline = Instant.now().plus(LIMIT);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (ready(get(http, metricsUrl)) < workers) {
                if (Instant.now().isAfter(deadline)) {
                    throw new Failure(
                            Exit.NOT_READY,
                            "no worker has registered with the gateway within %d s: see the workers' logs"
                                    .formatted(LIMIT.toSeconds()));
                }
                Thread.sleep(POLL);
            }
        } catch (IOException refused) {
            throw new Failure(Exit.NOT_READY, "%s does not answer any more: %s".formatted(metricsUrl, refused));
        }
    }

    /** The model that a worker serves. */
    static String model(String workerUrl) throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String health = get(http, workerUrl + "/node/v1/health");
            return JsonMapper.shared().readTree(health).path("model").asString();
        } catch (IOException refused) {
            throw new Failure(Exit.NOT_READY, "%s does not answer any more: %s".formatted(workerUrl, refused));
        }
    }

    private static double ready(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(READY))
                .mapToDouble(line -> Double.parseDouble(line.substring(READY.length())))
                .findFirst()
                .orElse(0);
    }

    private static String get(HttpClient http, String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
