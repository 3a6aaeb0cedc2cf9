package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.gatehouse.gateway.vocabulary.Cause;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one request: writes with back-pressure, and tells when the client has left. All methods but {@link #loop} and
 * {@link #response} are called on the event loop.
 */
public final class Connection {

    /** Writes between two looks at whether the client keeps up. */
    private static final int STRIDE = 8;

    private static final Duration LAST_RESORT = Duration.ofSeconds(30);

    private static final CompletableFuture<Void> CONSUMED = CompletableFuture.completedFuture(null);

    private final ServiceRequestContext context;
    private final Duration deadline;
    private final Consumer<Connection> onEnd;
    private final HttpResponseWriter out = HttpResponse.streaming();
    private final GenericFutureListener<Future<? super Void>> closed = future -> gone(Cause.CLIENT_GONE);
    private CompletableFuture<Void> mark = CONSUMED;
    private int sinceMark;
    private boolean started;
    private boolean ended;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Cause cause;
    private @Nullable Consumer<Cause> action;

    /** @param ended is told once, when the answer is complete */
    Connection(ServiceRequestContext context, Duration deadline, Consumer<Connection> ended) {
        this.context = context;
        this.deadline = deadline;
        this.onEnd = ended;
    }

    /** The request has been read: watches the client from now on, and limits what remains of the exchange. */
    public void watch() {
        // The server's own limit is the last resort: it also ends a client that never reads the end of its answer.
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, deadline.plus(LAST_RESORT));
        // Armeria tells of a closed HTTP/1 connection only after a second, so the channel itself is watched as well.
        channel().closeFuture().addListener(closed);
        context.whenRequestCancelling().thenAccept(why -> gone(Cause.CLIENT_GONE));
        out.whenComplete().exceptionally(why -> {
            loop().execute(() -> gone(Cause.CLIENT_GONE));
            return null;
        });
        timer = context.eventLoop().schedule(() -> gone(Cause.DEADLINE), deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    public HttpResponse response() {
        return out;
    }

    public Executor loop() {
        return context.eventLoop().withoutContext();
    }

    /** Whether anything was written. */
    public boolean started() {
        return started;
    }

    public void head(ResponseHeaders headers) {
        started |= out.tryWrite(headers);
    }

    public void write(byte[] bytes) {
        if (out.tryWrite(HttpData.wrap(bytes)) && ++sinceMark >= STRIDE && mark.isDone()) {
            mark = out.whenConsumed();
            sinceMark = 0;
        }
    }

    /** Ends the answer in good order. */
    public void end() {
        finish();
        out.close();
    }

    public boolean writable() {
        return sinceMark < STRIDE || mark.isDone();
    }

    public void onWritable(Runnable then) {
        mark.thenRun(() -> loop().execute(then));
    }

    public void onGone(Consumer<Cause> then) {
        action = then;
        if (cause != null) {
            then.accept(cause);
        }
    }

    void gone(Cause why) {
        if (ended || cause != null) {
            return;
        }
        cause = why;
        if (action != null) {
            action.accept(why);
        }
    }

    private void finish() {
        ended = true;
        action = null;
        onEnd.accept(this);
        channel().closeFuture().removeListener(closed);
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private Channel channel() {
        Channel channel =
                context.log().ensureAvailable(RequestLogProperty.SESSION).channel();
        if (channel == null) {
            throw new IllegalStateException("a request without a connection");
        }
        return channel;
    }
}
