package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.backend.Backend;
import dev.gatehouse.gateway.backend.Dispatch;
import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.backend.Pump;
import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Count;
import dev.gatehouse.gateway.vocabulary.Edit;
import dev.gatehouse.gateway.vocabulary.Generate;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.TextKind;
import dev.gatehouse.gateway.vocabulary.Wire;
import dev.gatehouse.gateway.vocabulary.Work;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Our own inference nodes. */
@Component
final class NodeBackend implements Backend {

    private final NodeCall call;
    private final NodeRegistry nodes;
    private final Translations translations;

    NodeBackend(NodeCall call, NodeRegistry nodes, Translations translations) {
        this.call = call;
        this.nodes = nodes;
        this.translations = translations;
    }

    @Override
    public Flow open(Dispatch dispatch, Sink client) {
        Work work = dispatch.what().work();
        NodeName node = dispatch.where().node();
        EventLoop loop = (EventLoop) client.loop();
        NodeCall.Target target =
                new NodeCall.Target(node, nodes.url(node), dispatch.ticket(), dispatch.attempt(), loop);
        byte[] body = translations.toOpenAi(addressed(work, dispatch.where().model()));
        return switch (work) {
            case Generate generate -> run(dispatch, target, body, client);
            case Count count -> quote(target, body, client);
        };
    }

    private Flow run(Dispatch dispatch, NodeCall.Target target, byte[] body, Sink client) {
        NodeExchange exchange = new NodeExchange(call, nodes, target, client);
        long cap = dispatch.held().granted();
        Bound bound = dispatch.what().work().bound();
        Pump pump = new Pump(client, dispatch.what().newFilters(), exchange, cap, bound(bound));
        FullHttpRequest request = call.toRun(target, dispatch.tenant(), cap, body);
        target.loop().execute(() -> exchange.start(pump, request));
        return pump;
    }

    private Flow quote(NodeCall.Target target, byte[] body, Sink client) {
        NodeQuote quote = new NodeQuote(nodes, target, client);
        CompletableFuture<WholeAnswer.Answered> answer = call.quote(target, body);
        target.loop().execute(() -> quote.start(answer));
        return quote;
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
