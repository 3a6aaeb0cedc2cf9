package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.vocabulary.NodeName;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** The calls of the node protocol, each with its ticket. */
@Component
final class NodeCall {

    private static final String EXCHANGES = "/node/v1/exchanges";
    private static final byte[] NO_BODY = {};

    private final NodeConnections connections;
    private final Claims claims;

    NodeCall(NodeConnections connections, Clock clock) {
        this.connections = connections;
        this.claims = new Claims(clock);
    }

    /** One exchange on one node, spoken of on one event loop. */
    record Target(NodeName node, URI url, Ticket ticket, int attempt, EventLoop loop) {

        String path() {
            return EXCHANGES + '/' + ticket.intent() + '-' + attempt;
        }
    }

    void run(Target target, long cap, byte[] body, NodeAnswer into) {
        send(HttpMethod.POST, target, Claims.Verb.RUN, cap, body, into);
    }

    CompletableFuture<WholeAnswer.Answered> cap(Target target, long cap, boolean last) {
        String body = "{\"cap\":" + cap + (last ? ",\"final\":true}" : "}");
        return whole(HttpMethod.PATCH, target, Claims.Verb.CAP, cap, body.getBytes(StandardCharsets.US_ASCII));
    }

    CompletableFuture<WholeAnswer.Answered> stop(Target target) {
        return whole(HttpMethod.DELETE, target, Claims.Verb.STOP, 0, NO_BODY);
    }

    /** All that a node knows of an intent. */
    CompletableFuture<WholeAnswer.Answered> recover(NodeName node, URI url, Ticket ticket, EventLoop loop) {
        WholeAnswer answer = new WholeAnswer();
        String signed = claims.sign(ticket, Claims.Verb.RECOVER, 0, node, 0, NO_BODY);
        String path = EXCHANGES + "?intent=" + ticket.intent();
        connections.send(loop, url, request(HttpMethod.GET, url, path, signed, NO_BODY), answer);
        return answer.future();
    }

    private CompletableFuture<WholeAnswer.Answered> whole(
            HttpMethod method, Target target, Claims.Verb verb, long cap, byte[] body) {
        WholeAnswer answer = new WholeAnswer();
        send(method, target, verb, cap, body, answer);
        return answer.future();
    }

    private void send(HttpMethod method, Target target, Claims.Verb verb, long cap, byte[] body, NodeAnswer into) {
        String signed = claims.sign(target.ticket(), verb, target.attempt(), target.node(), cap, body);
        FullHttpRequest request = request(method, target.url(), target.path(), signed, body);
        connections.send(target.loop(), target.url(), request, into);
    }

    private static FullHttpRequest request(HttpMethod method, URI url, String path, String signed, byte[] body) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(body));
        request.headers()
                .set(HttpHeaderNames.HOST, url.getAuthority())
                .set(Claims.HEADER, signed)
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return request;
    }
}
