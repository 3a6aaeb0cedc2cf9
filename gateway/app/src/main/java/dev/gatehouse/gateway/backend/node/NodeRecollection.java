package dev.gatehouse.gateway.backend.node;

import com.linecorp.armeria.common.CommonPools;
import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.backend.Recalled;
import dev.gatehouse.gateway.backend.Recollection;
import dev.gatehouse.gateway.vocabulary.NodeName;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks every node of the directory for its records of an intent. The directory tells more than this gateway's own view: a node that
 * is silent now, or was never heard here, may have worked for the dead gateway.
 */
@Component
final class NodeRecollection implements Recollection {

    private static final Logger log = LoggerFactory.getLogger(NodeRecollection.class);

    private final NodeDirectory directory;
    private final NodeCall call;
    private final JsonMapper json;

    NodeRecollection(NodeDirectory directory, NodeCall call, JsonMapper json) {
        this.directory = directory;
        this.call = call;
        this.json = json;
    }

    @Override
    public Inquiry inquire() {
        return new Round(directory.all().stream().map(Heard::registration).toList());
    }

    private final class Round implements Inquiry {

        private final List<Registration> nodes;
        private final Set<NodeName> silent = new HashSet<>();

        Round(List<Registration> nodes) {
            this.nodes = nodes;
        }

        @Override
        public Recalled recall(Ticket ticket) {
            List<Recalled.Attempt> attempts = new ArrayList<>();
            boolean over = true;
            for (Registration node : nodes) {
                over &= !silent.contains(node.name()) && ask(node, ticket, attempts);
            }
            attempts.sort(Comparator.comparingInt(Recalled.Attempt::number));
            return new Recalled(List.copyOf(attempts), over && !nodes.isEmpty());
        }

        /** @return whether the node has told all that there will be to tell */
        private boolean ask(Registration node, Ticket ticket, List<Recalled.Attempt> attempts) {
            try {
                WholeAnswer.Answered answer = answer(node, ticket);
                if (answer.ok()) {
                    return take(node, answer.body(), attempts);
                }
                log.info("Node {} answers {} when asked about {}", node.name(), answer.status(), ticket.intent());
            } catch (CompletionException | JacksonException unreachable) {
                log.info("Node {} can not be asked about {}: {}", node.name(), ticket.intent(), unreachable.toString());
            }
            silent.add(node.name());
            return false;
        }
    }

    private WholeAnswer.Answered answer(Registration node, Ticket ticket) {
        EventLoop loop = CommonPools.workerGroup().next();
        return call.recover(node.name(), node.url(), ticket, loop).join();
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
