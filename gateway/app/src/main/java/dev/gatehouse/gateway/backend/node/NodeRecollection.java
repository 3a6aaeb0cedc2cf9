package dev.gatehouse.gateway.backend.node;

import com.linecorp.armeria.common.CommonPools;
import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.backend.Recalled;
import dev.gatehouse.gateway.backend.Recollection;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks every registered node for its records of an intent. */
@Component
final class NodeRecollection implements Recollection {

    private static final Logger log = LoggerFactory.getLogger(NodeRecollection.class);

    private final NodeRegistry nodes;
    private final NodeCall call;
    private final NodeProperties properties;
    private final JsonMapper json;

    NodeRecollection(NodeRegistry nodes, NodeCall call, NodeProperties properties, JsonMapper json) {
        this.nodes = nodes;
        this.call = call;
        this.properties = properties;
        this.json = json;
    }

    @Override
    public Recalled recall(Ticket ticket) {
        List<Recalled.Attempt> attempts = new ArrayList<>();
        boolean complete = true;
        for (Registration node : nodes.all()) {
            complete &= ask(node, ticket, attempts);
        }
        attempts.sort(Comparator.comparingInt(Recalled.Attempt::number));
        return new Recalled(List.copyOf(attempts), complete);
    }

    /** @return whether the node has told all that there will be to tell */
    private boolean ask(Registration node, Ticket ticket, List<Recalled.Attempt> attempts) {
        try {
            EventLoop loop = CommonPools.workerGroup().next();
            WholeAnswer.Answered answer = call.recover(node.name(), node.url(), ticket, loop)
                    .orTimeout(properties.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return answer.ok() && take(node, answer.body(), attempts);
        } catch (CompletionException | JacksonException unreachable) {
            log.info("Node {} can not be asked about {}: {}", node.name(), ticket.intent(), unreachable.toString());
            return false;
        }
    }

    private boolean take(Registration node, byte[] body, List<Recalled.Attempt> attempts) {
        boolean over = true;
        for (JsonNode one : json.readTree(body).path("exchanges")) {
            NodeRecord exchange = NodeRecord.of(one);
            over &= !exchange.running();
            attempts.add(new Recalled.Attempt(node.name(), exchange.attempt(), exchange.reason(), exchange.usage()));
        }
        return over;
    }
}
