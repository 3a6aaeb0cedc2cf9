package dev.gatehouse.gateway.backend.node;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection to a node, one call at a time, all on its event loop. */
final class NodeConnection extends ChannelInboundHandlerAdapter {

    private final Channel channel;
    private final Consumer<NodeConnection> pool;
    private @Nullable NodeAnswer answer;
    private boolean reusable;
    private long idleSince;

    /** @param pool takes the connection back after each call that leaves it usable */
    NodeConnection(Channel channel, Consumer<NodeConnection> pool) {
        this.channel = channel;
        this.pool = pool;
    }

    void send(FullHttpRequest request, NodeAnswer into) {
        answer = into;
        reusable = false;
        into.sent(this);
        channel.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                fail(written.cause());
            }
        });
    }

    /** Reads no further until {@link #resume}. */
    void hold() {
        channel.config().setAutoRead(false);
    }

    void resume() {
        channel.config().setAutoRead(true);
    }

    /** Drops the call and the connection; the call's answer hears no more. */
    void close() {
        answer = null;
        channel.close();
    }

    /** Whether it may take another call: a peer closes connections that were idle for too long. */
    boolean fresh(long longestIdleNanos) {
        return channel.isActive() && System.nanoTime() - idleSince < longestIdleNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (answer != null) {
                read(answer, message);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(NodeAnswer into, Object message) {
        if (message instanceof HttpResponse head) {
            require(head.decoderResult());
            reusable = HttpUtil.isKeepAlive(head);
            into.head(head.status().code(), head.headers());
        }
        if (message instanceof HttpContent content) {
            require(content.decoderResult());
            data(into, content.content());
            if (content instanceof LastHttpContent) {
                end(into);
            }
        }
    }

    private static void data(NodeAnswer into, ByteBuf bytes) {
        if (bytes.isReadable()) {
            into.data(ByteBufUtil.getBytes(bytes));
        }
    }

    private void end(NodeAnswer into) {
        if (answer != into) {
            return;
        }
        answer = null;
        into.end();
        if (reusable && channel.isActive()) {
            idleSince = System.nanoTime();
            channel.config().setAutoRead(true);
            pool.accept(this);
        } else {
            channel.close();
        }
    }

    private static void require(DecoderResult result) {
        if (result.isFailure()) {
            throw new IllegalStateException("the node does not speak HTTP", result.cause());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (answer != null) {
            answer.pause();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new IOException("the node closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        NodeAnswer waiting = answer;
        answer = null;
        channel.close();
        if (waiting != null) {
            waiting.lost(cause);
        }
    }
}
