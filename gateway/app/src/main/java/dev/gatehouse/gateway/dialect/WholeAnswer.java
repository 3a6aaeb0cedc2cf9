package dev.gatehouse.gateway.dialect;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** An answer that leaves in one piece once it is complete. */
public abstract class WholeAnswer implements Sink {

    private final Visitor visitor;
    private final Connection connection;
    private final Errors errors;
    private Standing standing = Standing.UNLIMITED;

    protected WholeAnswer(Visitor visitor, Errors errors) {
        this.visitor = visitor;
        this.connection = visitor.connection();
        this.errors = errors;
    }

    /** The complete answer. */
    protected abstract byte[] body(Reason reason, Usage usage);

    /** Answers a request with JSON; called on its event loop. */
    static void send(Visitor visitor, Errors errors, Standing standing, byte[] body) {
        ResponseHeadersBuilder head = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.JSON)
                .contentLength(body.length);
        errors.identify(head, visitor.id());
        errors.limits(head, standing);
        Connection connection = visitor.connection();
        connection.head(head.build());
        connection.end(body);
    }

    @Override
    public final void end(Reason reason, Usage usage) {
        send(visitor, errors, standing, body(reason, usage));
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
    public final void fail(Problem problem) {
        errors.send(connection, visitor.id(), problem, standing);
    }

    @Override
    public final boolean writable() {
        return true;
    }

    @Override
    public final void onWritable(Runnable action) {
        action.run();
    }

    @Override
    public final void onGone(Consumer<Cause> action) {
        connection.onGone(action);
    }
}
