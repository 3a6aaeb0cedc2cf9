package dev.gatehouse.bench.quota;

import dev.gatehouse.bench.host.Administration;
import dev.gatehouse.bench.host.Database;
import dev.gatehouse.bench.host.Gatehouse;
import dev.gatehouse.bench.host.Metrics;
import dev.gatehouse.bench.host.NotReadyException;
import dev.gatehouse.bench.node.MockNode;
import dev.gatehouse.bench.node.Registration;
import dev.gatehouse.bench.node.Script;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A Gatehouse of its own with some gateways, and a node of which they all know. */
final class Installation implements AutoCloseable {

    static final String MODEL = "priced";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long POLL_MS = 100;
    private static final int NANO_DIGITS = 9;
    private static final String REQUESTS = "gatehouse.quota.requests-per-minute";
    private static final String LAST_CHARGE =
            "SELECT coalesce((SELECT charge_nano FROM outcomes ORDER BY intent DESC LIMIT 1), 0)";

    private final Gatehouse gatehouse;
    private final MockNode node;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final Deque<Registration> registrations = new ArrayDeque<>();

    private Installation(Gatehouse gatehouse, MockNode node) {
        this.gatehouse = gatehouse;
        this.node = node;
    }

    static Installation start(Path home, Path directory, int gateways) throws IOException, InterruptedException {
        MockNode node = MockNode.start("bench-node", MODEL);
        try {
            Gatehouse gatehouse = Gatehouse.start(home, directory, gateways, Map.of(REQUESTS, "1000000000"));
            Installation installation = new Installation(gatehouse, node);
            installation.register();
            return installation;
        } catch (IOException | InterruptedException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private void register() throws IOException, InterruptedException {
        try {
            for (int i = 1; i <= gatehouse.gateways(); i++) {
                registrations.push(node.register(gatehouse.url(i), gatehouse.joinSecret()));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Something to wait for. */
    interface Condition {
        boolean holds() throws InterruptedException;
    }

    HttpClient http() {
        return http;
    }

    Gatehouse gatehouse() {
        return gatehouse;
    }

    MockNode node() {
        return node;
    }

    /** What the database holds, which only its superuser sees. */
    Database database() {
        return gatehouse
                .superuser()
                .orElseThrow(() -> new NotReadyException(
                        "DATA/secrets/postgres/superuser cannot be read: run this as the user who started Gatehouse"));
    }

    /** Gives the model a price for each call, and waits until every gateway charges it. */
    void price(long perCall) throws InterruptedException {
        try (Administration administration = gatehouse.administration()) {
            administration.price(MODEL, BigDecimal.valueOf(perCall, NANO_DIGITS));
        }
        for (int i = 1; i <= gatehouse.gateways(); i++) {
            URI gateway = gatehouse.url(i);
            await(() -> isCharged(gateway, perCall), gateway + " does not charge what a call costs");
        }
    }

    /** A new key that may spend so much in a quarter, which every gateway knows. */
    Budget budget(String name, long amount) throws InterruptedException {
        try (Administration administration = gatehouse.administration()) {
            Administration.Key key = administration.createKey(name);
            String id = administration.budget(key, BigDecimal.valueOf(amount, NANO_DIGITS));
            awaitLimits();
            return new Budget(key, id, amount);
        }
    }

    /** Transactions of all gateways with the pool of limits, so far. */
    double poolCalls() {
        return IntStream.rangeClosed(1, gatehouse.gateways())
                .mapToDouble(i -> Metrics.read(gatehouse.metrics(i), "gatehouse_quota_pool_total"))
                .sum();
    }

    private void awaitLimits() throws InterruptedException {
        double all = database().read("SELECT count(*) FROM limits");
        for (int i = 1; i <= gatehouse.gateways(); i++) {
            URI metrics = gatehouse.metrics(i);
            await(() -> Metrics.read(metrics, "gatehouse_quota_limits") == all, metrics + " does not know all limits");
        }
    }

    private boolean isCharged(URI gateway, long perCall) throws InterruptedException {
        String body = Question.json(Script.burst(1), false);
        return new Caller(http, () -> gateway, gatehouse.apiKey(), body, false).call() == Ending.ANSWERED
                && database().read(LAST_CHARGE) == perCall;
    }

    /** @throws NotReadyException if it does not hold within a minute; the message says what does not */
    void await(Condition condition, String complaint) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new NotReadyException(complaint);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
        http.close();
        gatehouse.close();
        node.close();
    }
}
