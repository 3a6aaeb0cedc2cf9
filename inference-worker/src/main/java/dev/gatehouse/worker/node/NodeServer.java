package dev.gatehouse.worker.node;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.gatehouse.worker.openai.Bodies;
import dev.gatehouse.worker.openai.ErrorPages;
import dev.gatehouse.worker.openai.Handler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

/** Puts the services on a port. */
final class NodeServer {

    static final String EXCHANGE = "/node/v1/exchanges/{id}";

    private static final int OTHER_BYTES = 64 * 1024;
    private static final int MOST_CONNECTIONS = 4096;
    private static final int HEADER_BYTES = 16 * 1024;

    /** For the whole request to arrive. */
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);

    private static final Duration IDLE = Duration.ofSeconds(60);

    private final ServerBuilder server = Server.builder();
    private final Bodies bodies;

    NodeServer(InetSocketAddress address, Bodies bodies) {
        this.bodies = bodies;
        server.port(address, SessionProtocol.HTTP)
                .maxNumConnections(MOST_CONNECTIONS)
                .idleTimeout(IDLE)
                .requestTimeout(REQUEST_DEADLINE)
                .maxRequestLength(OTHER_BYTES)
                .http1MaxHeaderSize(HEADER_BYTES)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .unloggedExceptionsReportInterval(Duration.ZERO)
                .bossGroupFactory(AcceptorLoop::new)
                .disableServerHeader()
                .disableDateHeader()
                .errorHandler(new ErrorPages());
    }

    NodeServer exchanges(ExchangeService service) {
        chat(EXCHANGE, service::run);
        chat(EXCHANGE + "/resume", service::resume);
        route(HttpMethod.PATCH, EXCHANGE, service::cap);
        route(HttpMethod.DELETE, EXCHANGE, service::stop);
        route(HttpMethod.GET, EXCHANGE, service::record);
        route(HttpMethod.GET, "/node/v1/exchanges", service::recover);
        Handler quote = service::quote;
        chat("/node/v1/quote", quote.service(bodies));
        return this;
    }

    NodeServer totals(TotalsService service) {
        route(HttpMethod.GET, "/node/v1/exchanges/totals", service::totals);
        return this;
    }

    NodeServer experts(ExpertsService service) {
        route(HttpMethod.GET, "/node/v1/experts", service::experts);
        return this;
    }

    NodeServer status(StatusService service, Supplier<String> scrape) {
        bodiless(HttpMethod.GET, "/node/v1/health", service::health);
        route(HttpMethod.GET, "/node/v1/events", service::events);
        route(HttpMethod.POST, "/node/v1/drain", service::drain);
        route(HttpMethod.POST, "/node/v1/undrain", service::undrain);
        bodiless(HttpMethod.GET, "/metrics", ctx -> scraped(scrape.get()));
        return this;
    }

    /** A call that carries a chat. */
    NodeServer chat(String path, HttpService service) {
        server.route().post(path).maxRequestLength(Bodies.LARGEST).build(service);
        return this;
    }

    private void route(HttpMethod method, String path, Handler handler) {
        server.route().path(path).methods(method).build(handler.service(bodies));
    }

    NodeServer bodiless(HttpMethod method, String path, Handler.Bodiless handler) {
        server.route().path(path).methods(method).build(handler.service());
        return this;
    }

    Server build() {
        return server.build();
    }

    private static HttpResponse scraped(String metrics) {
        return HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, metrics);
    }
}
