package dev.gatehouse.gateway.openai;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.gatehouse.gateway.edge.Connection;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A chat completion in one piece, put together from the deltas as they come. */
final class ChatWhole implements Sink {

    private final Connection connection;
    private final IntentId id;
    private Completion completion = new Completion();
    private Standing standing = Standing.UNLIMITED;
    private Envelope envelope;
    private boolean enveloped;

    ChatWhole(Connection connection, IntentId id, Chat chat) {
        this.connection = connection;
        this.id = id;
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
        for (Span span : spans) {
            if (!enveloped) {
                enveloped = true;
                envelope = Envelope.read(span.frame(), envelope);
            }
            span.deltas().forEach(completion::add);
        }
    }

    @Override
    public boolean restart() {
        completion = new Completion();
        return true;
    }

    @Override
    public void end(Reason reason, Usage usage) {
        byte[] body = completion.write(envelope, reason, usage);
        ResponseHeadersBuilder head = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.JSON)
                .contentLength(body.length)
                .add(Headers.REQUEST_ID, id.toString());
        RateLimits.add(head, standing);
        connection.head(head.build());
        connection.write(body);
        connection.end();
    }

    @Override
    public void fail(Problem problem) {
        Errors.send(connection, id, problem, standing);
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void onWritable(Runnable action) {
        action.run();
    }

    @Override
    public void onGone(Consumer<Cause> action) {
        connection.onGone(action);
    }
}
