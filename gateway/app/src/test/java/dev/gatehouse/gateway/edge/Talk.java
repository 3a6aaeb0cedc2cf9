package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.vocabulary.Cause;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A request that a test answers by hand. */
final class Talk {

    /** A cause, and whether the server had cancelled the request by itself before. */
    record Gone(Cause cause, boolean cancelled) {}

    private final ServiceRequestContext context;
    private final Connection connection;
    private final BlockingQueue<Gone> gone = new LinkedBlockingQueue<>();

    Talk(ServiceRequestContext context, Connection connection) {
        this.context = context;
        this.connection = connection;
        connection.onGone(cause -> gone.add(new Gone(cause, context.isCancelled())));
    }

    Talk head() {
        on(connection -> {
            connection.head(ResponseHeaders.of(HttpStatus.OK));
            return true;
        });
        return this;
    }

    Talk write(String text) {
        on(connection -> {
            connection.write(text.getBytes(StandardCharsets.US_ASCII));
            return true;
        });
        return this;
    }

    void end() {
        on(connection -> {
            connection.end(new byte[0]);
            return true;
        });
    }

    <T> T on(Function<Connection, T> action) {
        return CompletableFuture.supplyAsync(() -> action.apply(connection), connection.loop())
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** The reason for which the client is gone; waits for it. */
    Gone gone() throws InterruptedException {
        Gone why = gone.poll(10, TimeUnit.SECONDS);
        if (why == null) {
            throw new AssertionError("nobody said that the client is gone");
        }
        return why;
    }

    /** Waits until the server has nothing more to do for this request. */
    void over() throws InterruptedException, ExecutionException, TimeoutException {
        context.log().whenComplete().get(10, TimeUnit.SECONDS);
    }

    boolean isGone() {
        return !gone.isEmpty();
    }
}
