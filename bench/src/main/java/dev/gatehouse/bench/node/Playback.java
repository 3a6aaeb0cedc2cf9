package dev.gatehouse.bench.node;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Plays one script into one event stream. Everything in it happens on the event loop of its connection. */
final class Playback {

    private static final long CAP_PAUSE_MS = 2_000;
    private static final ResponseHeaders STREAM =
            ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, MediaType.EVENT_STREAM);

    private final EventLoop loop;
    private final HttpResponseWriter out;
    private final Frames frames;
    private final byte[] head;
    private final ChatRequest request;
    private final boolean showsUsage;
    private final CompletableFuture<Reason> ended = new CompletableFuture<>();
    private final long acceptedAt = System.nanoTime();

    private long firstAt = acceptedAt;
    private long lastAt = acceptedAt;
    private long due = acceptedAt;
    private Cap cap;
    private int at;
    private boolean paused;
    private boolean headersSent;

    private @Nullable Future<?> alarm;

    Playback(
            EventLoop loop,
            HttpResponseWriter out,
            Frames frames,
            byte[] head,
            ChatRequest request,
            Cap cap,
            boolean showsUsage) {
        this.loop = loop;
        this.out = out;
        this.frames = frames;
        this.head = head;
        this.request = request;
        this.cap = cap;
        this.showsUsage = showsUsage;
    }

    void start() {
        playAfter(request.script().firstMs());
    }

    /** Completed once, on the event loop, with how it ended. */
    CompletableFuture<Reason> ended() {
        return ended;
    }

    Cap cap() {
        return cap;
    }

    Meters meters() {
        return Meters.of(acceptedAt, firstAt, lastAt);
    }

    Usage usage() {
        return Usage.of(request.promptTokens(), at);
    }

    void raise(Cap wanted) {
        cap = cap.raisedTo(wanted);
        if (paused && (at < allowed() || cap.last())) {
            cancelAlarm();
            paused = false;
            play();
        }
    }

    /** Ends it at once; nothing more is written. Does nothing when it has ended already. */
    void stop(Reason why) {
        if (!ended.isDone()) {
            cancelAlarm();
            ended.complete(why);
            out.abort();
        }
    }

    private int allowed() {
        return Math.min(request.tokens(), cap.tokens());
    }

    private void playAfter(int delayMs) {
        due += TimeUnit.MILLISECONDS.toNanos(delayMs);
        long wait = due - System.nanoTime();
        if (wait <= 0) {
            play();
        } else {
            alarm = loop.schedule(this::play, wait, TimeUnit.NANOSECONDS);
        }
    }

    private void play() {
        ByteArrayOutputStream batch = new ByteArrayOutputStream(1_024);
        do {
            frame(batch);
        } while (request.script().paceMs() == 0 && at < allowed());
        if (at == request.tokens()) {
            end(batch, request.naturalEnd());
        } else if (at < allowed()) {
            write(batch);
            playAfter(request.script().paceMs());
        } else if (cap.last()) {
            end(batch, Reason.LENGTH);
        } else {
            pause(batch);
        }
    }

    private void pause(ByteArrayOutputStream batch) {
        if (batch.size() > 0) {
            write(batch);
        }
        paused = true;
        alarm = loop.schedule(
                () -> end(new ByteArrayOutputStream(), Reason.LENGTH), CAP_PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    private void frame(ByteArrayOutputStream batch) {
        int count = Math.min(request.script().perFrame(), allowed() - at);
        if (count > 0) {
            batch.writeBytes(head);
            batch.writeBytes(frames.tokens(at, count));
            lastAt = System.nanoTime();
            firstAt = at == 0 ? lastAt : firstAt;
            at += count;
        }
    }

    private void end(ByteArrayOutputStream batch, Reason reason) {
        batch.writeBytes(head);
        batch.writeBytes(frames.finish(reason, at));
        if (showsUsage) {
            batch.writeBytes(head);
            batch.writeBytes(frames.usage(usage(), meters()));
        }
        batch.writeBytes(Frames.DONE);
        ended.complete(reason);
        write(batch);
        out.close();
    }

    private void write(ByteArrayOutputStream batch) {
        if (!headersSent) {
            headersSent = true;
            out.write(STREAM);
        }
        out.write(HttpData.wrap(batch.toByteArray()));
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }
}
