package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.audit.Ticket;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.TenantId;
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
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** The calls of the node protocol, each with its ticket. */
@Component
final class NodeCall {

    private static final String EXCHANGES = "/node/v1/exchanges";
    private static final byte[] NO_BODY = {};

    private final NodeConnections connections;
    private final Claims claims;
    private final TenantSecrets tenants;
    private final Duration timeout;
    private final Duration quoteTimeout;

    NodeCall(NodeConnections connections, NodeProperties properties, TenantSecrets tenants, Clock clock) {
        this.connections = connections;
        this.tenants = tenants;
        this.timeout = properties.stopTimeout();
        this.quoteTimeout = properties.quoteTimeout();
        this.claims = new Claims(clock);
    }

    /** One exchange on one node, spoken of on one event loop. */
    record Target(NodeName node, URI url, Ticket ticket, int attempt, EventLoop loop) {

        String path() {
            return EXCHANGES + '/' + ticket.intent() + '-' + attempt;
        }
    }

    /** The request that starts an exchange; hashing its body takes time, so this is not for an event loop. */
    FullHttpRequest toRun(Target target, TenantId tenant, long cap, byte[] body) {
        return signed(target, target.path(), Claims.Verb.RUN, tenant, cap, body);
    }

    /** The request that goes on with an exchange that another node has begun. Not for an event loop either. */
    FullHttpRequest toResume(Target target, TenantId tenant, long cap, byte[] body) {
        return signed(target, target.path() + "/resume", Claims.Verb.RESUME, tenant, cap, body);
    }

    private FullHttpRequest signed(
            Target target, String path, Claims.Verb verb, TenantId tenant, long cap, byte[] body) {
        String signature =
                claims.sign(target.ticket(), verb, target.attempt(), target.node(), cap, body, tenants.claim(tenant));
        return request(HttpMethod.POST, target.url(), path, signature, body);
    }

    void run(Target target, FullHttpRequest request, NodeAnswer into) {
        connections.send(target.loop(), target.url(), request, into);
    }

    CompletableFuture<WholeAnswer.Answered> cap(Target target, long cap, boolean last) {
        String body = "{\"cap\":" + cap + (last ? ",\"final\":true}" : "}");
        return whole(HttpMethod.PATCH, target, Claims.Verb.CAP, cap, body.getBytes(StandardCharsets.US_ASCII));
    }

    CompletableFuture<WholeAnswer.Answered> stop(Target target) {
        return whole(HttpMethod.DELETE, target, Claims.Verb.STOP, 0, NO_BODY);
    }

    /** The tokens of a prompt. */
    CompletableFuture<WholeAnswer.Answered> quote(Target target, TenantId tenant, byte[] body) {
        String signature =
                claims.sign(target.ticket(), Claims.Verb.QUOTE, 0, target.node(), 0, body, tenants.claim(tenant));
        String path = "/node/v1/quote?intent=" + target.ticket().intent();
        WholeAnswer answer = new WholeAnswer(target.loop());
        connections.send(
                target.loop(), target.url(), request(HttpMethod.POST, target.url(), path, signature, body), answer);
        return answer.within(quoteTimeout);
    }

    /** All that a node knows of an intent. */
    CompletableFuture<WholeAnswer.Answered> recover(NodeName node, URI url, Ticket ticket, EventLoop loop) {
        String signature = claims.sign(ticket, Claims.Verb.RECOVER, 0, node, 0, NO_BODY);
        String path = EXCHANGES + "?intent=" + ticket.intent();
        return whole(loop, url, request(HttpMethod.GET, url, path, signature, NO_BODY));
    }

    /**
     * The same without the intent's ticket.
     *
     * @param mac signs under the node's key
     */
    CompletableFuture<WholeAnswer.Answered> recover(
            NodeName node, URI url, UnaryOperator<byte[]> mac, IntentId intent, EventLoop loop) {
        String signature = claims.sign(mac, Claims.Verb.RECOVER, intent.toString(), node, NO_BODY);
        return whole(loop, url, request(HttpMethod.GET, url, EXCHANGES + "?intent=" + intent, signature, NO_BODY));
    }

    /** Sums over what a node has recorded of the requests that arrived in a time. */
    CompletableFuture<WholeAnswer.Answered> totals(
            NodeName node, URI url, UnaryOperator<byte[]> mac, Instant from, Instant until, EventLoop loop) {
        String signature = claims.sign(mac, Claims.Verb.TOTALS, "", node, NO_BODY);
        String path = EXCHANGES + "/totals?from=" + from.toEpochMilli() + "&until=" + until.toEpochMilli();
        return whole(loop, url, request(HttpMethod.GET, url, path, signature, NO_BODY));
    }

    /** Stops or starts accepting exchanges; answers the health object. */
    CompletableFuture<WholeAnswer.Answered> drain(
            NodeName node, URI url, UnaryOperator<byte[]> mac, boolean drained, EventLoop loop) {
        Claims.Verb verb = drained ? Claims.Verb.DRAIN : Claims.Verb.UNDRAIN;
        String path = drained ? "/node/v1/drain" : "/node/v1/undrain";
        String signature = claims.sign(mac, verb, "", node, NO_BODY);
        return whole(loop, url, request(HttpMethod.POST, url, path, signature, NO_BODY));
    }

    private CompletableFuture<WholeAnswer.Answered> whole(
            HttpMethod method, Target target, Claims.Verb verb, long cap, byte[] body) {
        String signature = claims.sign(target.ticket(), verb, target.attempt(), target.node(), cap, body);
        return whole(target.loop(), target.url(), request(method, target.url(), target.path(), signature, body));
    }

    private CompletableFuture<WholeAnswer.Answered> whole(EventLoop loop, URI url, FullHttpRequest request) {
        WholeAnswer answer = new WholeAnswer(loop);
        connections.send(loop, url, request, answer);
        return answer.within(timeout);
    }

    private static FullHttpRequest request(HttpMethod method, URI url, String path, String signature, byte[] body) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, Unpooled.wrappedBuffer(body));
        request.headers()
                .set(HttpHeaderNames.HOST, url.getAuthority())
                .set(Claims.HEADER, signature)
                .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return request;
    }
}
