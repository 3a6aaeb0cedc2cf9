package dev.gatehouse.worker.openai;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends one streamed answer. The engine's thread only appends; what it appended in one go leaves in one write of the
 * event loop. The headers leave with the first frame, so that until then an error can still have its own status.
 * Thread-safe.
 */
public final class EventStream {

    /** Bytes that may wait for a slow reader; one that lets more wait counts as gone. */
    private static final int MOST_UNREAD = 4 * 1024 * 1024;

    private static final ResponseHeaders OK = ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.EVENT_STREAM)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .build();

    private final ServiceRequestContext ctx;
    private final HttpResponseWriter out = HttpResponse.streaming();
    private final AtomicBoolean over = new AtomicBoolean();

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean flushing;
    private boolean opened;
    private long written;
    private long consumed;

    public EventStream(ServiceRequestContext ctx) {
        this.ctx = ctx;
    }

    public HttpResponse response() {
        return out;
    }

    /**
     * Calls back at most once when the reader has gone before the answer ended. An HTTP/1 close is seen at the channel,
     * because the server tells its responses of it a second later.
     */
    public void onGone(Runnable gone) {
        Runnable once = () -> {
            if (over.compareAndSet(false, true)) {
                out.abort();
                gone.run();
            }
        };
        Channel channel = ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel();
        if (channel == null) {
            throw new IllegalStateException("a request without a connection");
        }
        ChannelFutureListener closed = future -> once.run();
        channel.closeFuture().addListener(closed);
        out.whenComplete().whenComplete((done, failure) -> {
            channel.closeFuture().removeListener(closed);
            once.run();
        });
    }

    /** Appends frames; they go nowhere once the reader has gone. */
    public void send(byte[] frames) {
        if (!over.get()) {
            append(frames);
        }
    }

    /** Sends what is left and ends the answer. */
    public void finish(byte[] frames) {
        if (over.compareAndSet(false, true)) {
            append(frames);
            ctx.eventLoop().execute(out::close);
        }
    }

    /** Answers with one JSON object instead of a stream. */
    void whole(byte[] json) {
        if (over.compareAndSet(false, true)) {
            ctx.eventLoop().execute(() -> Answers.write(out, json));
        }
    }

    /** Ends the answer with an error: as the response if nothing was sent, else as this last frame. */
    public void fail(ApiError error, byte[] frame) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        if (isOpened()) {
            append(frame);
            ctx.eventLoop().execute(out::close);
        } else {
            ctx.eventLoop().execute(() -> Answers.write(out, error));
        }
    }

    private synchronized boolean isOpened() {
        return opened;
    }

    private void append(byte[] frames) {
        boolean tooSlow;
        synchronized (this) {
            opened = true;
            pending.writeBytes(frames);
            if (!flushing) {
                flushing = true;
                ctx.eventLoop().execute(this::flush);
            }
            tooSlow = pending.size() + written - consumed > MOST_UNREAD;
        }
        if (tooSlow) {
            out.abort();
        }
    }

    private void flush() {
        boolean first;
        byte[] frames;
        synchronized (this) {
            first = written == 0;
            frames = pending.toByteArray();
            pending.reset();
            flushing = false;
            written += frames.length;
        }
        if ((!first || out.tryWrite(OK)) && out.tryWrite(HttpData.wrap(frames))) {
            out.whenConsumed().thenRun(() -> markConsumed(frames.length));
        }
    }

    private synchronized void markConsumed(int bytes) {
        consumed += bytes;
    }
}
