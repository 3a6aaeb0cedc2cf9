package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Relays {@code /api} and the console to the servlets of this process, which listen on a port of their own. Both bodies are streams: neither is held, and a side
 * that is slow slows the other. A client that leaves ends the relayed call.
 */
@Component
final class Relay implements EdgeService, HttpService, AutoCloseable {

    /** Relayed calls at a time; more are refused. */
    private static final int MOST = 256;

    private static final Problem FULL = Problem.later(
            Code.OVERLOADED, Duration.ofSeconds(1), "Too many administrative requests are under way. Try again.");
    private static final Problem CLOSED =
            Problem.later(Code.SHUTTING_DOWN, Duration.ofSeconds(1), "The administration is not there. Try again.");

    private final EdgeProperties properties;
    private final RelayHeaders headers;
    private final Semaphore room = new Semaphore(MOST);
    private final ClientFactory clients = ClientFactory.builder()
            .connectTimeout(Duration.ofSeconds(2))
            .idleTimeout(Duration.ofSeconds(10))
            .build();
    private volatile @Nullable WebClient servlets;

    Relay(EdgeProperties properties, RelayPass pass) {
        this.properties = properties;
        this.headers = new RelayHeaders(pass);
    }

    @EventListener
    void on(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            to(event.getWebServer().getPort());
        }
    }

    /** Relays to a port of this machine from now on. */
    void to(int port) {
        servlets = WebClient.builder("h1c://127.0.0.1:" + port)
                .factory(clients)
                .responseTimeoutMillis(0)
                .writeTimeoutMillis(0)
                .maxResponseLength(0)
                .build();
    }

    @Override
    public void register(ServerBuilder server) {
        server.route()
                .pathPrefix("/api/")
                .methods(
                        HttpMethod.GET,
                        HttpMethod.HEAD,
                        HttpMethod.POST,
                        HttpMethod.PUT,
                        HttpMethod.PATCH,
                        HttpMethod.DELETE)
                .maxRequestLength(properties.apiBody().toBytes())
                .build(this);
        server.route()
                .path("/")
                .path("/console")
                .pathPrefix("/console/")
                .methods(HttpMethod.GET, HttpMethod.HEAD)
                .build(this);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        WebClient to = servlets;
        if (to == null) {
            throw new Fault(CLOSED);
        }
        if (!room.tryAcquire()) {
            throw new Fault(FULL);
        }
        context.log().whenComplete().thenRun(room::release);
        request.whenComplete()
                .thenRun(() -> context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, properties.exchangeTimeout()));
        HttpResponse answer = to.execute(request.withHeaders(headers.onward(context, request.headers())));
        endWithClient(context, answer);
        return answer.mapHeaders(RelayHeaders::back);
    }

    @Override
    public void close() {
        clients.closeAsync();
    }

    /** Armeria tells of a closed HTTP/1 connection only after a second. */
    private static void endWithClient(ServiceRequestContext context, HttpResponse answer) {
        Channel channel =
                context.log().ensureAvailable(RequestLogProperty.SESSION).channel();
        if (channel != null) {
            GenericFutureListener<Future<? super Void>> gone = closed -> answer.abort();
            channel.closeFuture().addListener(gone);
            context.log().whenComplete().thenRun(() -> channel.closeFuture().removeListener(gone));
        }
        context.whenRequestCancelling().thenAccept(answer::abort);
    }
}
