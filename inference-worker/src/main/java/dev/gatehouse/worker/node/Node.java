package dev.gatehouse.worker.node;

import com.linecorp.armeria.server.Server;
import dev.gatehouse.worker.ledger.Ledger;
import dev.gatehouse.worker.openai.Bodies;
import dev.gatehouse.worker.openai.DirectService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * This node: listens, loads its engine, registers with its gateways. When it is stopped it drains: exchanges that run
 * have {@link #GRACE} to end.
 */
public final class Node implements SmartLifecycle {

    /** How long running exchanges may take when the node is stopped. */
    public static final Duration GRACE = Duration.ofSeconds(20);

    /** Status of a process whose engine made no progress. */
    public static final int STUCK = 70;

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);

    private final NodeSettings settings;
    private final EngineSource source;
    private final Build build;
    private final End exit;
    private final Readiness readiness = new Readiness();
    private final Events events = new Events(readiness);
    private final Tickets tickets;
    private final Ledger ledger;
    private final Exchanges exchanges;
    private final NodeMetrics metrics;
    private final PrometheusMeterRegistry registry;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();

    private @Nullable Server server;
    private volatile @Nullable MeteredEngine engine;
    private volatile @Nullable Identity identity;
    private List<Registration> registrations = List.of();
    private volatile boolean running;

    /** How the process ends, each with a status. */
    public record End(IntConsumer inOrder, IntConsumer atOnce) {}

    public Node(
            NodeSettings settings,
            NodeKey key,
            Ledger ledger,
            EngineSource source,
            PrometheusMeterRegistry registry,
            Build build,
            End exit) {
        NodeUrl.requireReachable(settings);
        this.settings = settings;
        this.source = source;
        this.build = build;
        this.exit = exit;
        this.registry = registry;
        this.tickets = new Tickets(key, settings.name(), Clock.systemUTC());
        this.ledger = ledger;
        this.exchanges = new Exchanges(ledger, readiness);
        this.metrics = new NodeMetrics(registry, readiness, ledger);
    }

    @Override
    public void start() {
        InetSocketAddress bound = listen();
        Identity self = new Identity(
                settings.name(), NodeUrl.of(settings, bound), UUID.randomUUID(), build.version(), build.stamp());
        identity = self;
        settings.givenRunFile().ifPresent(path -> RunFile.write(path, self));
        registrations = settings.gateways().stream()
                .map(gateway -> Registration.start(gateway, http, self, readiness, tickets))
                .toList();
        if (settings.supervised()) {
            Supervisor.watch(System.in, () -> exit.inOrder().accept(0));
        }
        running = true;
        LOG.info("Node {} listens on {}", self.name(), self.url());
        Thread.ofPlatform().name("engine-loader").daemon().start(this::load);
    }

    private InetSocketAddress listen() {
        Bodies bodies = Bodies.boundByHeap();
        NodeServer services = new NodeServer(new InetSocketAddress(settings.address(), settings.port()), bodies)
                .exchanges(new ExchangeService(exchanges, tickets, bodies))
                .totals(new TotalsService(ledger, tickets))
                .experts(new ExpertsService(readiness, tickets))
                .status(
                        new StatusService(readiness, events, tickets, settings.tickets(), this::identity),
                        this::scrape);
        if (!settings.tickets()) {
            DirectService direct = new DirectService(readiness, bodies);
            direct.mount(services::chat, services::bodiless);
        }
        Server built = services.build();
        server = built;
        try {
            built.start().join();
        } catch (CompletionException e) {
            throw new NodeStartException(settings, e);
        }
        return Optional.ofNullable(built.activePort()).orElseThrow().localAddress();
    }

    private String scrape() {
        metrics.refresh();
        return registry.scrape();
    }

    private Identity identity() {
        return Optional.ofNullable(identity).orElseThrow(() -> new IllegalStateException("the node has not started"));
    }

    private void load() {
        try {
            MeteredEngine loaded = new MeteredEngine(source.open(this::progress), metrics);
            engine = loaded;
            readiness.loaded(loaded);
            loaded.ended().exceptionally(this::engineFailed);
            new Watchdog(loaded::turn, settings.watchdog(), System::nanoTime).start(this::engineStuck);
            LOG.info("Model {} is ready", loaded.model().id());
        } catch (Exception e) {
            LOG.error("The model could not be loaded: {}", e.getMessage());
            exit.inOrder().accept(1);
        }
    }

    /** The process ends from a thread of its own, because its end waits for the engine's. */
    private @Nullable Void engineFailed(Throwable failure) {
        readiness.failed();
        LOG.error("The engine can not go on, the node ends", failure);
        Thread.ofPlatform()
                .name("engine-failed")
                .daemon()
                .start(() -> exit.inOrder().accept(1));
        return null;
    }

    /** Nothing is waited for: what an orderly end waits for is what is stuck. */
    private void engineStuck(String cause) {
        readiness.failed();
        LOG.error("The engine makes no progress, the node ends: {}", cause);
        exit.atOnce().accept(STUCK);
    }

    private boolean progress(double done) {
        readiness.progress(done);
        return running;
    }

    @Override
    public void stop() {
        running = false;
        readiness.drain(true);
        Optional.ofNullable(engine).ifPresent(loaded -> loaded.awaitIdle(GRACE));
        registrations.forEach(Registration::close);
        Optional.ofNullable(engine).ifPresent(MeteredEngine::close);
        events.close();
        Optional.ofNullable(server).ifPresent(started -> started.stop().join());
        http.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts last and stops first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
