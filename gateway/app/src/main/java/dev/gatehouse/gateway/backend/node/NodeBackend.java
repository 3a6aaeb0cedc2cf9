package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.backend.Backend;
import dev.gatehouse.gateway.backend.Dispatch;
import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.backend.Pump;
import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Edit;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.TextKind;
import dev.gatehouse.gateway.vocabulary.Wire;
import dev.gatehouse.gateway.vocabulary.Work;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Our own inference nodes. */
@Component
final class NodeBackend implements Backend {

    private final NodeCall call;
    private final NodeRegistry nodes;

    NodeBackend(NodeCall call, NodeRegistry nodes) {
        this.call = call;
        this.nodes = nodes;
    }

    @Override
    public Flow open(Dispatch dispatch, Sink client) {
        Work work = dispatch.what().work();
        NodeName node = dispatch.where().node();
        EventLoop loop = (EventLoop) client.loop();
        NodeCall.Target target =
                new NodeCall.Target(node, nodes.url(node), dispatch.ticket(), dispatch.attempt(), loop);
        NodeExchange exchange = new NodeExchange(call, nodes, target, client);
        long cap = dispatch.held().granted();
        Pump pump = new Pump(client, dispatch.what().newFilters(), exchange, cap, bound(work.bound()));
        byte[] body = addressed(work, dispatch.where().model()).edited();
        FullHttpRequest request = call.toRun(target, cap, body);
        loop.execute(() -> exchange.start(pump, request));
        return pump;
    }

    /** The request, asking for the model by the name that the node knows. */
    private static Wire addressed(Work work, ModelName upstream) {
        if (upstream.equals(work.model())) {
            return work.wire();
        }
        byte[] name = JsonMapper.shared().writeValueAsBytes(upstream.value());
        return work.wire()
                .with(work.texts().stream()
                        .filter(text -> text.kind() == TextKind.MODEL)
                        .map(text -> new Edit(text.from() - 1, text.to() + 1, name))
                        .toList());
    }

    private static long bound(Bound bound) {
        return bound.maxOutput() == Bound.UNSTATED ? Bound.UNSTATED : bound.maxOutput() * bound.choices();
    }
}
