package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerListener;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A real edge on a free port, with one service that takes up to 1,024 bytes and leaves the answer to the test. */
final class TestEdge implements AutoCloseable {

    static final Duration LONG = Duration.ofMinutes(10);
    static final Duration SHORT = Duration.ofMillis(300);

    final CountDownLatch stopping = new CountDownLatch(1);
    private final BlockingQueue<Talk> talks = new LinkedBlockingQueue<>();
    private final Connections connections;
    private final EdgeServer server;

    private TestEdge(EdgeProperties properties) {
        this(properties, new Relay(properties, new RelayPass()));
    }

    private TestEdge(EdgeProperties properties, Relay relay) {
        connections = new Connections(properties);
        Stories stories = new Stories(properties);
        server = new EdgeServer(
                properties,
                connections,
                stories,
                List.of(this::register, relay),
                List.of(new Dialect(), new ApiErrors()));
        server.start();
    }

    /** Relays to servlets on a port of this machine. */
    static TestEdge relaying(int port, RelayPass pass) {
        EdgeProperties properties = properties(LONG, LONG, LONG);
        Relay relay = new Relay(properties, pass);
        relay.to(port);
        return new TestEdge(properties, relay);
    }

    /** Speaks TLS. */
    static TestEdge secure(Path certificate, Path privateKey) {
        return new TestEdge(properties(LONG, LONG, LONG, certificate, privateKey));
    }

    /** Nothing is ever late. */
    static TestEdge patient() {
        return new TestEdge(properties(LONG, LONG, LONG));
    }

    static TestEdge withHeaderTimeout() {
        return new TestEdge(properties(SHORT, LONG, LONG));
    }

    static TestEdge withBodyTimeout() {
        return new TestEdge(properties(LONG, SHORT, LONG));
    }

    static TestEdge withExchangeTimeout() {
        return new TestEdge(properties(LONG, LONG, SHORT));
    }

    static EdgeProperties properties(Duration headers, Duration body, Duration exchange) {
        return properties(headers, body, exchange, null, null);
    }

    private static EdgeProperties properties(
            Duration headers, Duration body, Duration exchange, @Nullable Path certificate, @Nullable Path privateKey) {
        return new EdgeProperties(
                "127.0.0.1",
                0,
                headers,
                body,
                exchange,
                1000,
                1,
                DataSize.ofMegabytes(16),
                certificate,
                privateKey,
                Duration.ofSeconds(10));
    }

    String url() {
        return server.url();
    }

    /** The next request that was read to its end; waits for it. */
    Talk talk() throws InterruptedException {
        Talk talk = talks.poll(10, TimeUnit.SECONDS);
        if (talk == null) {
            throw new AssertionError("no request came");
        }
        return talk;
    }

    boolean heardNothing() {
        return talks.isEmpty();
    }

    void stop() {
        server.stop();
    }

    /** Does not wait: the server's threads take two seconds to find that there is nothing to do. */
    @Override
    public void close() {
        Thread.ofVirtual().start(server::stop);
    }

    private void register(ServerBuilder builder) {
        builder.serverListener(ServerListener.builder()
                .whenStopping(any -> stopping.countDown())
                .build());
        builder.route().post("/v1/talk").maxRequestLength(1_024).build(this::serve);
        builder.route().get("/v1/broken").build((context, request) -> {
            throw new IllegalStateException("an inside that nobody may see");
        });
        builder.route().get("/broken").build((context, request) -> {
            throw new IllegalStateException("an inside that nobody may see");
        });
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        Connection connection = connections.accept(context);
        request.aggregate(context.eventLoop()).handle((whole, failure) -> {
            read(context, connection, whole, failure);
            return null;
        });
        return connection.response();
    }

    private void read(
            ServiceRequestContext context,
            Connection connection,
            @Nullable AggregatedHttpRequest whole,
            @Nullable Throwable failure) {
        if (whole != null) {
            connection.watch();
            talks.add(new Talk(context, connection));
        } else if (failure != null && Reading.problem(failure) instanceof Problem problem) {
            AggregatedHttpResponse answer = new Dialect().render(problem);
            connection.head(answer.headers());
            connection.end(answer.content().array());
        }
    }

    /** Says {@code code:CODE}. */
    private static final class Dialect implements EdgeErrors {

        @Override
        public boolean covers(String path) {
            return path.startsWith("/v1/");
        }

        @Override
        public AggregatedHttpResponse render(Problem problem) {
            return AggregatedHttpResponse.of(
                    ResponseHeaders.builder(status(problem.code()))
                            .contentType(MediaType.PLAIN_TEXT_UTF_8)
                            .build(),
                    HttpData.ofUtf8("code:" + problem.code()));
        }

        private static HttpStatus status(Code code) {
            return switch (code) {
                case BODY_TOO_SLOW -> HttpStatus.REQUEST_TIMEOUT;
                case BODY_TOO_LARGE -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
                case PATH_NOT_FOUND -> HttpStatus.NOT_FOUND;
                case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
                case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
                default -> HttpStatus.BAD_REQUEST;
            };
        }
    }
}
