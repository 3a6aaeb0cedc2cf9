package dev.gatehouse.gateway.backend.node;

import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Gathers a short answer. */
final class WholeAnswer implements NodeAnswer {

    /** Longest answer accepted, in bytes. */
    private static final int LONGEST = 1 << 20;

    private final CompletableFuture<Answered> future = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private @Nullable NodeConnection connection;

    /** A node's answer. */
    record Answered(int status, byte[] body) {

        boolean ok() {
            return status == 200;
        }
    }

    CompletableFuture<Answered> future() {
        return future;
    }

    @Override
    public void sent(NodeConnection by) {
        connection = by;
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
            drop();
        }
    }

    @Override
    public void pause() {}

    @Override
    public void end() {
        future.complete(new Answered(status, body.toByteArray()));
    }

    @Override
    public void lost(Throwable why) {
        future.completeExceptionally(why);
    }

    private void drop() {
        if (connection != null) {
            connection.close();
        }
    }
}
