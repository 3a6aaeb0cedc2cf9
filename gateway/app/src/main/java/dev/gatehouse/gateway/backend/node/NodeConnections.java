package dev.gatehouse.gateway.backend.node;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;
import org.springframework.stereotype.Component;

/** Connections to the nodes, kept for each event loop, so that an answer never changes threads on its way to the client. A node that
 * lost its power is noticed by TCP within 25 s of silence, while one that computes for long may be silent. */
@Component
final class NodeConnections {

    /** Shorter than the 60 s after which a node closes an idle connection. */
    private static final long LONGEST_IDLE_NANOS = Duration.ofSeconds(20).toNanos();

    /** Idle connections kept for each node and event loop. */
    private static final int MOST_IDLE = 256;

    private final FastThreadLocal<Map<URI, Deque<NodeConnection>>> idle = new FastThreadLocal<>() {
        @Override
        protected Map<URI, Deque<NodeConnection>> initialValue() {
            return new HashMap<>();
        }
    };
    private final int connectTimeoutMs;

    NodeConnections(NodeProperties properties) {
        connectTimeoutMs = Math.toIntExact(properties.connectTimeout().toMillis());
    }

    /** Sends a request on a connection of this event loop; the request is released in any case. */
    void send(EventLoop loop, URI node, FullHttpRequest request, NodeAnswer into) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> send(loop, node, request, into));
            return;
        }
        Deque<NodeConnection> kept = idle.get().computeIfAbsent(node, unknown -> new ArrayDeque<>());
        for (NodeConnection last = kept.pollLast(); last != null; last = kept.pollLast()) {
            if (last.fresh(LONGEST_IDLE_NANOS)) {
                last.send(request, into);
                return;
            }
            last.close();
        }
        connect(loop, node, request, into);
    }

    private void connect(EventLoop loop, URI node, FullHttpRequest request, NodeAnswer into) {
        Deque<NodeConnection> kept = idle.get().computeIfAbsent(node, unknown -> new ArrayDeque<>());
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMs)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), 10)
                .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), 5)
                .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), 3)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        NodeConnection connection = new NodeConnection(channel, back -> keep(kept, back));
                        channel.pipeline().addLast(new HttpClientCodec(), connection);
                    }
                })
                .connect(node.getHost(), node.getPort() < 0 ? 80 : node.getPort());
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                connecting.channel().pipeline().get(NodeConnection.class).send(request, into);
            } else {
                request.release();
                into.lost(done.cause());
            }
        });
    }

    private static void keep(Deque<NodeConnection> kept, NodeConnection back) {
        if (kept.size() < MOST_IDLE) {
            kept.addLast(back);
        } else {
            back.close();
        }
    }
}
