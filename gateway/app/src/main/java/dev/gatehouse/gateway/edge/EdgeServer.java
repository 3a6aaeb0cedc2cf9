package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The public port, up after everything else and down before it. */
@Component
final class EdgeServer implements SmartLifecycle, PublicPort {

    private static final Logger log = LoggerFactory.getLogger(EdgeServer.class);

    private final Server server;
    private final EdgeProperties properties;
    private final Connections connections;
    private final Stories stories;

    EdgeServer(
            EdgeProperties properties,
            Connections connections,
            Stories stories,
            List<EdgeService> services,
            List<EdgeErrors> dialects) {
        this.properties = properties;
        this.connections = connections;
        this.stories = stories;
        ServerBuilder builder = listening(properties)
                .workerGroup(Runtime.getRuntime().availableProcessors())
                .maxNumConnections(properties.connections())
                .requestTimeout(properties.bodyTimeout())
                .idleTimeout(properties.headersTimeout())
                .gracefulShutdownTimeout(Duration.ofMillis(100), properties.gracePeriod())
                .disableServerHeader()
                .unloggedExceptionsReportInterval(Duration.ZERO)
                .childChannelPipelineCustomizer(EdgeServer::writeOnceATurn)
                .errorHandler(new ErrorAnswers(dialects));
        services.forEach(service -> service.register(builder));
        server = builder.build();
    }

    private static ServerBuilder listening(EdgeProperties properties) {
        InetSocketAddress address = new InetSocketAddress(properties.address(), properties.port());
        return properties.certificate() == null || properties.privateKey() == null
                ? Server.builder().http(address)
                : Server.builder()
                        .https(address)
                        .tlsProvider(TlsFiles.of(properties.certificate(), properties.privateKey()));
    }

    /** What one turn of the event loop flushes, such as a head and its body, leaves in one system call. */
    private static void writeOnceATurn(ChannelPipeline pipeline) {
        pipeline.addFirst(
                new FlushConsolidationHandler(FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
    }

    @Override
    public void start() {
        server.start().join();
    }

    /** Answers that are still running after half of the grace period end with an error, and with an outcome. */
    @Override
    public void stop() {
        CompletableFuture<Void> stopped = server.stop();
        try {
            stopped.copy()
                    .orTimeout(properties.gracePeriod().toMillis() / 2, TimeUnit.MILLISECONDS)
                    .exceptionally(late -> endAll())
                    .thenCompose(done -> stopped)
                    .join();
            if (!stories.awaitIdle(properties.gracePeriod())) {
                log.warn("Some requests have not come to their end; they will be closed at the next start");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Void endAll() {
        connections.shutDown();
        return null;
    }

    @Override
    public boolean isRunning() {
        return server.activePort() != null;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String url() {
        return (properties.certificate() == null ? "http://" : "https://") + host() + ":" + server.activeLocalPort();
    }

    private String host() {
        return properties.address().equals("0.0.0.0") ? "127.0.0.1" : properties.address();
    }
}
