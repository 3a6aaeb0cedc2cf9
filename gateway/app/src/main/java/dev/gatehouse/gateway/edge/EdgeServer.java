package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The public port, up after everything else and down before it. */
@Component
final class EdgeServer implements SmartLifecycle, PublicPort {

    private final Server server;
    private final EdgeProperties properties;

    EdgeServer(EdgeProperties properties, List<EdgeService> services, List<EdgeErrors> dialects) {
        this.properties = properties;
        ServerBuilder builder = Server.builder()
                .http(new InetSocketAddress(properties.address(), properties.port()))
                .requestTimeout(properties.bodyTimeout())
                .idleTimeout(properties.headersTimeout())
                .gracefulShutdownTimeout(Duration.ofMillis(100), properties.gracePeriod())
                .disableServerHeader()
                .unloggedExceptionsReportInterval(Duration.ZERO)
                .errorHandler(new ErrorAnswers(dialects));
        services.forEach(service -> service.register(builder));
        server = builder.build();
    }

    @Override
    public void start() {
        server.start().join();
    }

    @Override
    public void stop() {
        server.stop().join();
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
        return "http://" + host() + ":" + server.activeLocalPort();
    }

    private String host() {
        return properties.address().equals("0.0.0.0") ? "127.0.0.1" : properties.address();
    }
}
