package dev.gatehouse.bench.load;

import java.util.concurrent.CompletableFuture;

/** A request that was sent and can be hung up on. */
public final class Call {

    private final Connection connection;
    private final CompletableFuture<Long> firstContent;
    private final CompletableFuture<Answer> answer;

    private Call(Connection connection, CompletableFuture<Long> firstContent, CompletableFuture<Answer> answer) {
        this.connection = connection;
        this.firstContent = firstContent;
        this.answer = answer;
    }

    static Call on(Connection connection, Request request) {
        Call call = new Call(connection, new CompletableFuture<>(), new CompletableFuture<>());
        connection.send(request, false, Connection.Listener.completing(call.firstContent, call.answer));
        return call;
    }

    /** {@link System#nanoTime()} when the first content came. */
    public CompletableFuture<Long> firstContent() {
        return firstContent;
    }

    /** Whether the whole answer has come or the other side has hung up. */
    public boolean over() {
        return answer.isDone();
    }

    /** Closes the connection and answers {@link System#nanoTime()} of just before. */
    public long hangUp() {
        long before = System.nanoTime();
        connection.close();
        return before;
    }
}
