package dev.gatehouse.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A plain HTTP/1.1 client on one event loop; everything it runs is confined to that loop. */
public final class Client implements AutoCloseable {

    private static final int CONNECT_MS = 5_000;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Bootstrap bootstrap = new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
            .handler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                    channel.pipeline().addLast(new HttpResponseDecoder(), new Connection());
                }
            });

    EventLoop loop() {
        return loop;
    }

    /** A connection that is being opened; its future fails if nobody listens there. */
    CompletableFuture<Connection> connect(InetSocketAddress to) {
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        bootstrap.connect(to).addListener((ChannelFuture done) -> {
            if (done.isSuccess()) {
                opened.complete(done.channel().pipeline().get(Connection.class));
            } else {
                opened.completeExceptionally(done.cause());
            }
        });
        return opened;
    }

    /**
     * Sends one request on a connection of its own and reads the whole answer.
     *
     * @throws WrongAnswerException if there is no whole answer in time
     */
    public Answer once(Request request, Duration limit) {
        CompletableFuture<Answer> answer = connect(request.to()).thenCompose(connection -> {
            CompletableFuture<Answer> whole = new CompletableFuture<>();
            connection.send(request, true, Connection.Listener.completing(whole));
            return whole.whenComplete((done, fault) -> connection.close());
        });
        return await(answer, limit, "one answer");
    }

    /** Sends one request on a connection of its own, to be hung up on. */
    public Call open(Request request, Duration limit) {
        return await(
                connect(request.to()).thenApply(connection -> Call.on(connection, request)), limit, "a connection");
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    static <T> T await(CompletableFuture<T> future, Duration limit, String what) {
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new WrongAnswerException(what + " did not come within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new WrongAnswerException(what + " did not come: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
