package dev.gatehouse.gateway.backend.node;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gathers a short answer. */
final class WholeAnswer implements NodeAnswer {

    /** Longest answer accepted, in bytes. */
    private static final int LONGEST = 1 << 20;

    private final CompletableFuture<Answered> future = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final EventLoop loop;
    private int status;
    private @Nullable NodeConnection connection;

    /** A node's answer. */
    record Answered(int status, byte[] body) {

        boolean ok() {
            return status == 200;
        }
    }

    WholeAnswer(EventLoop loop) {
        this.loop = loop;
    }

    /** The answer, or a failure after this time; the connection of a call that failed is closed. */
    CompletableFuture<Answered> within(Duration timeout) {
        future.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).whenComplete((answered, failure) -> {
            if (failure != null) {
                loop.execute(this::drop);
            }
        });
        return future;
    }

    @Override
    public void sent(NodeConnection by) {
        connection = by;
        if (future.isDone()) {
            drop();
        }
    }

    @Override
    public void head(int code, HttpHeaders headers) {
        status = code;
    }

    @Override
    public void data(byte[] bytes) {
        body.writeBytes(bytes);
        if (body.size() > LONGEST) {
            future.completeExceptionally(new IOException("the node's answer is longer than " + LONGEST + " bytes"));
        }
    }

    @Override
    public void pause() {}

    @Override
    public void end() {
        connection = null;
        future.complete(new Answered(status, body.toByteArray()));
    }

    @Override
    public void lost(Throwable why) {
        connection = null;
        future.completeExceptionally(why);
    }

    private void drop() {
        if (connection != null) {
            connection.close();
        }
    }
}
