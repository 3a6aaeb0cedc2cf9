package dev.gatehouse.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Lets the head of an HTTP/1 answer leave together with the beginning of its body. Armeria asks for the body only when the head is written;
 * here a head counts as written at once, and waits for the next flush. When it can not be written, neither can the body.
 */
@Sharable
final class HeadWithBody extends ChannelOutboundHandlerAdapter {

    private static final HeadWithBody INSTANCE = new HeadWithBody();

    /** Called for each request, on the event loop; only the first call on a connection does something. */
    @SuppressWarnings("ReferenceEquality")
    static void on(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.last() != INSTANCE) {
            pipeline.addLast(INSTANCE);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse && !(message instanceof HttpContent)) {
            context.write(message);
            promise.trySuccess();
        } else {
            context.write(message, promise);
        }
    }
}
