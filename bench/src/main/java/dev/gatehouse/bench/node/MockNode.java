package dev.gatehouse.bench.node;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;

/**
 * A node that plays {@link Script}s. It checks tickets and keeps records as a real node does, and serves the same answers
 * without tickets at {@code /v1/chat/completions}.
 */
public final class MockNode implements AutoCloseable {

    private static final long MAX_BODY = 32L << 20;
    private static final long IDLE_MS = 600_000;

    private final NodeCard card;
    private final Door door;
    private final Exchanges exchanges = new Exchanges();
    private final Sightings sightings = new Sightings();
    private final Readiness readiness = new Readiness();
    private final Server server;

    private MockNode(String name, String model) {
        this.card = new NodeCard(name, model);
        this.door = new Door(name, NodeKey.derive(randomSecret(), name));
        this.server = build();
    }

    /** Listens on a free loopback port. Until it is registered no ticket is good. */
    public static MockNode start(String name, String model) {
        MockNode node = new MockNode(name, model);
        node.server.start().join();
        return node;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", server.activeLocalPort());
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.activeLocalPort());
    }

    /**
     * Registers with a gateway and goes on reporting to it. From now on tickets under this join secret are good.
     *
     * @param joinSecret the gateways' join secret, decoded
     * @throws IOException if the gateway does not take the node; the message says why
     */
    public Registration register(URI gateway, byte[] joinSecret) throws IOException, InterruptedException {
        NodeKey key = NodeKey.derive(joinSecret, card.name());
        door.use(key);
        return Registration.open(gateway, card.name(), key, () -> card.registration(url().toString(), readiness));
    }

    /** The text of an answer of so many tokens. */
    public static String text(int tokens) {
        return Frames.text(0, tokens);
    }

    /** How many exchanges it has accepted since its start. */
    public long accepted() {
        return exchanges.accepted();
    }

    /** Watches the one exchange whose script has this tag; a tag is used once. */
    public Sighting watch(String tag) {
        return sightings.watch(tag);
    }

    /** Begins to stop; does not wait until the server's threads have ended. */
    @Override
    public void close() {
        server.stop();
    }

    private static byte[] randomSecret() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    private Server build() {
        StateService state = new StateService(card, door, exchanges, readiness);
        return Server.builder()
                .http(new InetSocketAddress("127.0.0.1", 0))
                .workerGroup(1)
                .requestTimeoutMillis(0)
                .idleTimeoutMillis(IDLE_MS)
                .maxRequestLength(MAX_BODY)
                .gracefulShutdownTimeoutMillis(0, 0)
                .unloggedExceptionsReportIntervalMillis(0)
                .service("/v1/chat/completions", new PlainService(sightings))
                .service("/node/v1/exchanges/{id}", new ExchangeService(door, exchanges, sightings, readiness))
                .service(route(HttpMethod.GET, "/node/v1/exchanges"), state::recover)
                .service(route(HttpMethod.GET, "/node/v1/health"), state::health)
                .service(route(HttpMethod.POST, "/node/v1/drain"), state::drain)
                .service(route(HttpMethod.POST, "/node/v1/undrain"), state::undrain)
                .build();
    }

    private static Route route(HttpMethod method, String path) {
        return Route.builder().methods(method).path(path).build();
    }
}
