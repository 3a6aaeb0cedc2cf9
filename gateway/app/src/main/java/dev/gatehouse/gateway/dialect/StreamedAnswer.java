package dev.gatehouse.gateway.dialect;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Standing;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** An answer that leaves as server-sent events while it comes. */
public abstract class StreamedAnswer implements Sink {

    private final Connection connection;
    private final IntentId id;
    private final Errors errors;
    private Standing standing = Standing.UNLIMITED;

    protected StreamedAnswer(Visitor visitor, Errors errors) {
        this.connection = visitor.connection();
        this.id = visitor.id();
        this.errors = errors;
    }

    /** Writes these events, if there are any; the first ones follow the head of the answer. */
    protected final void write(ByteArrayOutputStream events) {
        if (events.size() == 0) {
            return;
        }
        begin();
        connection.write(events.toByteArray());
    }

    /** Writes the last events. */
    protected final void finish(ByteArrayOutputStream events) {
        begin();
        connection.end(events.toByteArray());
    }

    private void begin() {
        if (!connection.started()) {
            connection.head(head());
        }
    }

    private ResponseHeaders head() {
        ResponseHeadersBuilder head = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .add(HttpHeaderNames.CACHE_CONTROL, "no-cache");
        errors.identify(head, id);
        errors.limits(head, standing);
        return head.build();
    }

    @Override
    public final void standing(Standing now) {
        standing = now;
    }

    @Override
    public final Executor loop() {
        return connection.loop();
    }

    @Override
    public final boolean restart() {
        return !connection.started();
    }

    @Override
    public final void fail(Problem problem) {
        if (connection.started()) {
            connection.end(errors.event(id, problem));
        } else {
            errors.send(connection, id, problem, standing);
        }
    }

    @Override
    public final boolean writable() {
        return connection.writable();
    }

    @Override
    public final void onWritable(Runnable action) {
        connection.onWritable(action);
    }

    @Override
    public final void onGone(Consumer<Cause> action) {
        connection.onGone(action);
    }
}
