package dev.gatehouse.gateway.edge;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
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

    /** How long, at most, a client may take to fetch the rest of an answer that ended after its deadline. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private static final CompletableFuture<Void> CONSUMED = CompletableFuture.completedFuture(null);

    private final ServiceRequestContext context;
    private final Channel channel;
    private final Duration deadline;
    private final Consumer<Connection> onEnd;
    private final HttpResponseWriter out = HttpResponse.streaming();
    private final GenericFutureListener<Future<? super Void>> closed = future -> gone(Cause.CLIENT_GONE);
    private CompletableFuture<Void> mark = CONSUMED;
    private int sinceMark;
    private boolean started;
    private boolean ended;
    private boolean late;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Cause cause;
    private @Nullable Consumer<Cause> action;

    /** @param onEnd is told once, when the answer has come to its end */
    Connection(ServiceRequestContext context, Channel channel, Duration deadline, Consumer<Connection> onEnd) {
        this.context = context;
        this.channel = channel;
        this.deadline = deadline;
        this.onEnd = onEnd;
    }

    /** The request has been read: watches the client from now on, and limits what remains of the exchange. */
    public void watch() {
        context.clearRequestTimeout();
        // Armeria tells of a closed HTTP/1 connection only after a second, so the channel itself is watched as well.
        channel.closeFuture().addListener(closed);
        context.whenRequestCancelling().thenAccept(why -> gone(Cause.CLIENT_GONE));
        out.whenComplete().exceptionally(why -> {
            loop().execute(() -> gone(Cause.CLIENT_GONE));
            return null;
        });
        timer = in(deadline, this::late);
        context.log().whenComplete().thenRun(() -> loop().execute(this::left));
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

    /** Writes the last bytes and ends the answer in good order: what says so to the client leaves with them. */
    public void end(byte[] last) {
        ended = true;
        action = null;
        onEnd.accept(this);
        channel.closeFuture().removeListener(closed);
        var _ = out.tryWrite(HttpData.wrap(last).withEndOfStream());
        out.close();
        if (late) {
            timer = in(deadline.compareTo(LINGER) < 0 ? deadline : LINGER, this::cut);
        }
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

    private void late() {
        late = true;
        if (ended) {
            cut();
        } else {
            gone(Cause.DEADLINE);
        }
    }

    /** Drops what the client has not fetched; of a stream that shares its connection, all but the write that is under way. */
    private void cut() {
        out.abort();
        if (!context.sessionProtocol().isMultiplex()) {
            channel.close();
        }
    }

    /** The last byte has left, or can not leave any more. */
    private void left() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private ScheduledFuture<?> in(Duration delay, Runnable action) {
        return context.eventLoop().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
