package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A streamed chat completion: frames that nobody touched leave as they came. */
final class ChatStream implements Sink {

    private final Connection connection;
    private final IntentId id;
    private final boolean includeUsage;
    private Standing standing = Standing.UNLIMITED;
    private Envelope envelope;
    private boolean enveloped;
    private boolean finished;

    ChatStream(Connection connection, IntentId id, Chat chat) {
        this.connection = connection;
        this.id = id;
        this.includeUsage = chat.includeUsage();
        this.envelope = Envelope.of(id, chat.work().model());
    }

    @Override
    public Executor loop() {
        return connection.loop();
    }

    @Override
    public void standing(Standing now) {
        standing = now;
    }

    @Override
    public void spans(List<Span> spans) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512 * spans.size());
        for (Span span : spans) {
            span(span, out);
        }
        write(out);
    }

    @Override
    public boolean restart() {
        return !connection.started();
    }

    @Override
    public void end(Reason reason, Usage usage) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        if (!enveloped) {
            Chunks.role(envelope, out);
        }
        if (!finished) {
            Chunks.finish(envelope, reason, out);
        }
        if (includeUsage) {
            Chunks.usage(envelope, reason, usage, out);
        }
        out.writeBytes(Events.DONE);
        write(out);
        connection.end();
    }

    @Override
    public void fail(Problem problem) {
        if (!connection.started()) {
            Errors.send(connection, id, problem, standing);
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        out.writeBytes(Events.DATA);
        out.writeBytes(Errors.body(problem));
        out.writeBytes(Events.END);
        write(out);
        connection.end();
    }

    @Override
    public boolean writable() {
        return connection.writable();
    }

    @Override
    public void onWritable(Runnable action) {
        connection.onWritable(action);
    }

    @Override
    public void onGone(Consumer<Cause> action) {
        connection.onGone(action);
    }

    private void span(Span span, ByteArrayOutputStream out) {
        if (!enveloped) {
            enveloped = true;
            envelope = Envelope.read(span.frame(), envelope);
            begin(span, out);
        }
        if (span.intact()) {
            out.writeBytes(Events.DATA);
            out.writeBytes(span.frame());
            out.writeBytes(Events.END);
        } else {
            Chunks.deltas(envelope, span.deltas(), out);
        }
        for (Delta delta : span.deltas()) {
            finished |= delta instanceof Delta.Finish;
        }
    }

    /** An answer says whose it is first, also when the frame that said so was held or altered. */
    private void begin(Span span, ByteArrayOutputStream out) {
        if (!span.intact() || !Envelope.namesRole(span.frame())) {
            Chunks.role(envelope, out);
        }
    }

    private void write(ByteArrayOutputStream out) {
        if (out.size() == 0) {
            return;
        }
        if (!connection.started()) {
            ResponseHeadersBuilder head = ResponseHeaders.builder(HttpStatus.OK)
                    .contentType(MediaType.EVENT_STREAM)
                    .add(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                    .add(Headers.REQUEST_ID, id.toString());
            RateLimits.add(head, standing);
            connection.head(head.build());
        }
        connection.write(out.toByteArray());
    }
}
