package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.backend.Backend;
import dev.gatehouse.gateway.backend.Candidate;
import dev.gatehouse.gateway.backend.Dispatch;
import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.backend.Pump;
import dev.gatehouse.gateway.backend.Transcript;
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
        return switch (dispatch.what().work()) {
            case Generate generate -> run(dispatch, target(dispatch, client), client);
            case Count count -> quote(dispatch, target(dispatch, client), client);
        };
    }

    @Override
    public boolean continues(Candidate begun, Candidate next) {
        return begun.backend() == this && nodes.continues(begun.node(), next.node(), next.model());
    }

    @Override
    public Flow resume(Dispatch dispatch, Transcript sent, Sink client) {
        NodeCall.Target target = target(dispatch, client);
        NodeExchange exchange = new NodeExchange(call, nodes, target, client);
        long cap = dispatch.held().granted();
        Pump pump = new Pump(client, sent, exchange, cap, bound(dispatch));
        return started(
                exchange,
                pump,
                target,
                call.toResume(target, dispatch.tenant(), cap, ResumeBody.of(body(dispatch), sent)));
    }

    private Flow run(Dispatch dispatch, NodeCall.Target target, Sink client) {
        NodeExchange exchange = new NodeExchange(call, nodes, target, client);
        long cap = dispatch.held().granted();
        Pump pump = new Pump(client, dispatch.what().newFilters(), exchange, cap, bound(dispatch));
        return started(exchange, pump, target, call.toRun(target, dispatch.tenant(), cap, body(dispatch)));
    }

    private static Flow started(NodeExchange exchange, Pump pump, NodeCall.Target target, FullHttpRequest request) {
        target.loop().execute(() -> exchange.start(pump, request));
        return pump;
    }

    private NodeCall.Target target(Dispatch dispatch, Sink client) {
        NodeName node = dispatch.where().node();
        EventLoop loop = (EventLoop) client.loop();
        return new NodeCall.Target(node, nodes.url(node), dispatch.ticket(), dispatch.attempt(), loop);
    }

    private byte[] body(Dispatch dispatch) {
        return translations.toOpenAi(
                addressed(dispatch.what().work(), dispatch.where().model()));
    }

    private Flow quote(Dispatch dispatch, NodeCall.Target target, Sink client) {
        NodeQuote quote = new NodeQuote(nodes, target, client);
        CompletableFuture<WholeAnswer.Answered> answer = call.quote(target, dispatch.tenant(), body(dispatch));
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

    private static long bound(Dispatch dispatch) {
        return dispatch.what().work().bound().maxCompletion();
    }
}
