package dev.gatehouse.gateway.backend.node;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** The calls of the node protocol, each with its ticket. */
@Component
final class NodeCall {

    private static final byte[] NO_BODY = {};

    private final NodeClient client;
    private final Claims claims;

    NodeCall(NodeClient client, Clock clock) {
        this.client = client;
        this.claims = new Claims(clock);
    }

    /** One exchange on one node. */
    record Target(NodeName node, URI url, Ticket ticket, int attempt) {

        String path() {
            return url + "/node/v1/exchanges/" + ticket.intent() + '-' + attempt;
        }
    }

    HttpResponse run(Target target, long cap, byte[] body) {
        return send(HttpMethod.POST, target, Claims.Verb.RUN, cap, body);
    }

    CompletableFuture<AggregatedHttpResponse> cap(Target target, long cap, boolean last) {
        String body = "{\"cap\":" + cap + (last ? ",\"final\":true}" : "}");
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        return send(HttpMethod.PATCH, target, Claims.Verb.CAP, cap, bytes).aggregate();
    }

    CompletableFuture<AggregatedHttpResponse> stop(Target target) {
        return send(HttpMethod.DELETE, target, Claims.Verb.STOP, 0, NO_BODY).aggregate();
    }

    /** All that a node knows of an intent. */
    CompletableFuture<AggregatedHttpResponse> recover(NodeName node, URI url, Ticket ticket) {
        String signed = claims.sign(ticket, Claims.Verb.RECOVER, 0, node, 0, NO_BODY);
        String path = url + "/node/v1/exchanges?intent=" + ticket.intent();
        return client.web()
                .execute(RequestHeaders.of(HttpMethod.GET, path, Claims.HEADER, signed))
                .aggregate();
    }

    private HttpResponse send(HttpMethod method, Target target, Claims.Verb verb, long cap, byte[] body) {
        String signed = claims.sign(target.ticket(), verb, target.attempt(), target.node(), cap, body);
        RequestHeaders headers = RequestHeaders.builder(method, target.path())
                .add(Claims.HEADER, signed)
                .contentType(MediaType.JSON)
                .build();
        return client.web().execute(headers, HttpData.wrap(body));
    }
}
