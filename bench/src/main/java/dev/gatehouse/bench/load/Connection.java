package dev.gatehouse.bench.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One kept connection with at most one request on it. */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {

    /** Told on the event loop. Exactly one of {@code answered} and {@code broken} is called for a request. */
    interface Listener {

        void answered(Answer answer);

        void broken(String why);

        default void firstContent() {}

        static Listener completing(CompletableFuture<Answer> answer) {
            return completing(new CompletableFuture<>(), answer);
        }

        static Listener completing(CompletableFuture<Long> first, CompletableFuture<Answer> answer) {
            return new Listener() {
                @Override
                public void answered(Answer whole) {
                    answer.complete(whole);
                }

                @Override
                public void broken(String why) {
                    answer.completeExceptionally(new WrongAnswerException(why));
                }

                @Override
                public void firstContent() {
                    first.complete(System.nanoTime());
                }
            };
        }
    }

    private record Pending(Reading reading, Listener listener) {}

    private @Nullable Channel channel;
    private @Nullable Pending pending;

    void send(Request request, boolean keepBody, Listener listener) {
        Channel open = channel();
        if (open.eventLoop().inEventLoop()) {
            write(open, request, new Pending(new Reading(keepBody), listener));
        } else {
            open.eventLoop().execute(() -> write(open, request, new Pending(new Reading(keepBody), listener)));
        }
    }

    boolean isOpen() {
        return channel().isActive();
    }

    void close() {
        channel().close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        Pending current = pending;
        if (current == null) {
            ctx.close();
            return;
        }
        if (part.decoderResult().isFailure()) {
            fail("an answer that is not HTTP: " + part.decoderResult().cause());
            ctx.close();
            return;
        }
        if (part instanceof HttpResponse head) {
            current.reading().head(head.status().code());
        }
        if (part instanceof HttpContent content) {
            read(current, content);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("the connection was closed before the answer's end");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause.toString());
        ctx.close();
    }

    private void write(Channel open, Request request, Pending next) {
        if (pending != null) {
            throw new IllegalStateException("this connection is waiting for an answer");
        }
        pending = next;
        open.writeAndFlush(Unpooled.wrappedBuffer(request.bytes())).addListener(written -> {
            if (!written.isSuccess()) {
                fail("the request could not be sent: " + written.cause());
            }
        });
    }

    private void read(Pending current, HttpContent content) {
        boolean first = !current.reading().hasContent() && content.content().isReadable();
        current.reading().content(content.content());
        if (first) {
            current.listener().firstContent();
        }
        if (content instanceof LastHttpContent) {
            pending = null;
            current.listener().answered(current.reading().end());
        }
    }

    private void fail(String why) {
        Pending current = pending;
        if (current != null) {
            pending = null;
            current.listener().broken(why);
        }
    }

    private Channel channel() {
        return Objects.requireNonNull(channel, "a connection is used after it was opened");
    }
}
