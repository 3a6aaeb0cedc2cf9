package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.EchoEngine;
import dev.gatehouse.worker.ledger.Ledger;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A whole node in this process, on a free port. */
final class TestNode implements AutoCloseable {

    private static final int RUNNING = -1;

    final TestGateway gateway;
    final URI url;
    private final Node node;
    private final Ledger ledger;
    private final AtomicInteger exit = new AtomicInteger(RUNNING);

    private TestNode(Path directory, EngineSource source, List<URI> gateways, boolean tickets) throws IOException {
        Path runFile = directory.resolve("run.json");
        NodeSettings settings = new NodeSettings(
                TestGateway.NODE, "127.0.0.1", 0, null, gateways, tickets, runFile, false, Duration.ZERO);
        ledger = Ledger.open(directory, Clock.systemUTC(), 8192);
        node = new Node(
                settings,
                new NodeKey(TestGateway.KEY),
                ledger,
                source,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                new Build("0.1.0", "dev"),
                new Node.End(exit::set, exit::set));
        node.start();
        url = URI.create(
                TestGateway.JSON.readTree(Files.readString(runFile)).path("url").stringValue());
        gateway = new TestGateway(url);
    }

    static TestNode start(Path directory) throws Exception {
        return start(directory, 16, 64);
    }

    static TestNode start(Path directory, int slots, int queue) throws Exception {
        TestNode node = new TestNode(directory, progress -> new EchoEngine(slots, queue), List.of(), true);
        node.awaitState("ready");
        return node;
    }

    static TestNode withoutTickets(Path directory) throws Exception {
        TestNode node = new TestNode(directory, progress -> new EchoEngine(16, 64), List.of(), false);
        node.awaitState("ready");
        return node;
    }

    static TestNode loading(Path directory, EngineSource source, URI... gateways) throws Exception {
        return new TestNode(directory, source, List.of(gateways), true);
    }

    int exitStatus() {
        return exit.get();
    }

    void awaitState(String state) throws Exception {
        await(
                "state " + state,
                () -> gateway.health().json().path("state").asString("").equals(state));
    }

    /** Drains, as at the end of the process. */
    void stop() {
        node.stop();
    }

    @Override
    public void close() {
        if (node.isRunning()) {
            node.stop();
        }
        ledger.close();
    }

    static String newIntent() {
        long now = Instant.now().toEpochMilli();
        UUID random = UUID.randomUUID();
        return new UUID(now << 16 | 0x7000 | random.getMostSignificantBits() & 0xFFF, random.getLeastSignificantBits())
                .toString();
    }

    static String newId() {
        return newIntent() + "-1";
    }

    /** Something that may not be so yet. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(String what, Condition condition) throws Exception {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("never came: " + what);
            }
            Thread.onSpinWait();
        }
    }
}
