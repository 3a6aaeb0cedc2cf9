package dev.gatehouse.gateway.backend.node;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.edge.EdgeService;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** {@code PUT /node/v1/nodes/{name}}: a node registers, and reports every few seconds. */
@Component
final class RegistrationService implements EdgeService, HttpService {

    private static final int LARGEST = 64 * 1024;

    private final NodeRegistry registry;
    private final RegistrationTickets tickets;
    private final NodeProperties properties;

    RegistrationService(NodeRegistry registry, RegistrationTickets tickets, NodeProperties properties) {
        this.registry = registry;
        this.tickets = tickets;
        this.properties = properties;
    }

    @Override
    public void register(ServerBuilder server) {
        server.route().put("/node/v1/nodes/{name}").maxRequestLength(LARGEST).build(this);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String name = context.pathParam("name");
        return HttpResponse.of(request.aggregate()
                .thenCompose(whole -> CompletableFuture.supplyAsync(
                        () -> take(name == null ? "" : name, whole), context.blockingTaskExecutor())));
    }

    private HttpResponse take(String name, AggregatedHttpRequest request) {
        byte[] body = request.content().array();
        try {
            NodeName node = new NodeName(name);
            if (!tickets.valid(node, request.headers().get(Claims.HEADER, ""), body)) {
                return answer(
                        HttpStatus.UNAUTHORIZED, "The ticket is missing, expired or not signed with this node's key.");
            }
            registry.heard(RegistrationBody.read(node, body));
            return HttpResponse.of(
                    HttpStatus.OK,
                    MediaType.JSON_UTF_8,
                    "{\"every\":" + properties.heartbeat().toSeconds() + "}");
        } catch (IllegalArgumentException malformed) {
            return answer(HttpStatus.BAD_REQUEST, "The registration is not as docs/node-protocol.md says.");
        } catch (Fault unavailable) {
            return answer(HttpStatus.SERVICE_UNAVAILABLE, "The gateway can not reach its database. Report again.");
        }
    }

    private static HttpResponse answer(HttpStatus status, String message) {
        return HttpResponse.of(status, MediaType.JSON_UTF_8, "{\"error\":{\"message\":\"" + message + "\"}}");
    }
}
