package dev.gatehouse.bench.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the node registered with one gateway until it is closed. */
public final class Registration implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Registration.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long TICKET_LIFE_S = 60;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI address;
    private final String node;
    private final NodeKey key;
    private final Supplier<NodeCard.Registration> card;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("registration").factory());

    private Registration(URI gateway, String node, NodeKey key, Supplier<NodeCard.Registration> card) {
        this.address = gateway.resolve("/node/v1/nodes/" + node);
        this.node = node;
        this.key = key;
        this.card = card;
    }

    /** @throws IOException if the gateway does not take the node; the message says why */
    static Registration open(URI gateway, String node, NodeKey key, Supplier<NodeCard.Registration> card)
            throws IOException, InterruptedException {
        Registration registration = new Registration(gateway, node, key, card);
        try {
            registration.repeatAfter(registration.report());
        } catch (IOException | InterruptedException | RuntimeException e) {
            registration.close();
            throw e;
        }
        return registration;
    }

    /** The name under which the node is registered. */
    public String node() {
        return node;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        http.close();
    }

    private void repeatAfter(int seconds) {
        clock.schedule(this::heartbeat, seconds, TimeUnit.SECONDS);
    }

    private void heartbeat() {
        int next = 1;
        try {
            next = report();
        } catch (IOException e) {
            log.warn("heartbeat to {} failed, trying again: {}", address, e.toString());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return;
        }
        repeatAfter(next);
    }

    /** Seconds until the next report is due. */
    private int report() throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsBytes(card.get());
        long exp = System.currentTimeMillis() / 1_000 + TICKET_LIFE_S;
        Claims claims = new Claims("register", "", 0, node, 0, NodeKey.sha256(body), exp);
        HttpRequest put = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .header("gh-ticket", key.sign(claims))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = http.send(put, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the gateway did not register the node: " + address + " answered "
                    + answer.statusCode() + " " + answer.body());
        }
        return Math.max(1, JSON.readTree(answer.body()).path("every").asInt(5));
    }
}
