package dev.gatehouse.gateway.backend.node;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.gatehouse.gateway.backend.Pump;
import dev.gatehouse.gateway.backend.Upstream;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One exchange with a node: reads its frames into a {@link Pump} on the event loop, and stops it on demand. */
final class NodeExchange implements Upstream, Subscriber<HttpObject> {

    private static final Logger log = LoggerFactory.getLogger(NodeExchange.class);

    /** Longest frame and longest refusal accepted, in bytes. */
    private static final int LONGEST = 1 << 20;

    private final NodeCall call;
    private final NodeRegistry nodes;
    private final NodeCall.Target target;
    private final Sink client;
    private final Duration stopTimeout;
    private final ServerSentEvents events = new ServerSentEvents(LONGEST);
    private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();
    private final List<Span> arrived = new ArrayList<>();

    private @Nullable Pump pump;
    private @Nullable Subscription subscription;
    private @Nullable ResponseHeaders headers;
    private Reason reason = Reason.STOP;
    private @Nullable Usage total;

    NodeExchange(NodeCall call, NodeRegistry nodes, NodeCall.Target target, Sink client, Duration stopTimeout) {
        this.call = call;
        this.nodes = nodes;
        this.target = target;
        this.client = client;
        this.stopTimeout = stopTimeout;
    }

    /** Sends the request; called once, on the event loop. */
    void start(Pump into, long cap, byte[] body) {
        pump = into;
        into.start();
        if (!into.closed()) {
            HttpResponse response = call.run(target, cap, body);
            response.subscribe(this);
        }
    }

    @Override
    public void cap(long cap, boolean last) {
        call.cap(target, cap, last).whenComplete((answer, failure) -> {
            if (failure != null || answer.status() != HttpStatus.OK) {
                log.warn(
                        "Node {} did not take a cap for {}",
                        target.node(),
                        target.ticket().intent(),
                        failure);
            }
        });
    }

    @Override
    public Usage stop(Cause why, long seen) {
        try {
            AggregatedHttpResponse answer = call.stop(target)
                    .orTimeout(stopTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            return answer.status() == HttpStatus.OK
                    ? NodeRecord.read(answer.content().array()).usage()
                    : unseen(answer.status(), seen);
        } catch (CompletionException | JacksonException unreachable) {
            log.info(
                    "Node {} did not say what {} used: {}",
                    target.node(),
                    target.ticket().intent(),
                    unreachable.toString());
            return Usage.atLeast(seen);
        } finally {
            client.loop().execute(this::cancel);
        }
    }

    /** A node that never heard of the exchange has used nothing for it. */
    private static Usage unseen(HttpStatus status, long seen) {
        return status == HttpStatus.NOT_FOUND && seen == 0 ? Usage.NONE : Usage.atLeast(seen);
    }

    @Override
    public void onSubscribe(Subscription granted) {
        subscription = granted;
        granted.request(1);
    }

    @Override
    public void onNext(HttpObject object) {
        switch (object) {
            case ResponseHeaders head -> head(head);
            case HttpData data -> data(data);
            default -> next();
        }
    }

    @Override
    public void onError(Throwable failure) {
        log.debug("Node {} was lost", target.node(), failure);
        if (!pump().closed()) {
            nodes.suspect(target.node());
        }
        pump().lost(Problem.of(
                Code.UPSTREAM_LOST, "The connection to the node that was answering broke. Send the request again."));
    }

    @Override
    public void onComplete() {
        if (headers != null && headers.status() != HttpStatus.OK) {
            pump().refused(Refusals.problem(headers, refusal.toByteArray()));
        } else {
            pump().lost(Problem.of(Code.UPSTREAM_LOST, "The node ended its answer too early. Send the request again."));
        }
    }

    private void head(ResponseHeaders head) {
        if (!head.status().isInformational()) {
            headers = head;
        }
        next();
    }

    private void data(HttpData data) {
        if (headers == null || headers.status() == HttpStatus.OK) {
            frames(data.array());
        } else if (refusal.size() + data.length() <= LONGEST) {
            refusal.writeBytes(data.array());
        }
        if (client.writable()) {
            next();
        } else {
            client.onWritable(this::next);
        }
    }

    private void frames(byte[] bytes) {
        try {
            events.feed(bytes, (line, from, to) -> frame(FrameReader.read(line, from, to)));
        } catch (JacksonException | IllegalStateException unreadable) {
            log.warn("Node {} sent a frame that can not be read", target.node(), unreadable);
            pump().lost(Problem.of(
                    Code.UPSTREAM_FAILED, "The node sent an answer that can not be read. Send the request again."));
        }
        flush();
        if (total != null) {
            pump().ended(reason, total);
        }
    }

    private void frame(Frame frame) {
        switch (frame) {
            case Frame.Piece(Span span) -> piece(span);
            case Frame.Total(Usage usage) -> total = usage;
            case Frame.Failed(Problem why) -> {
                flush();
                pump().lost(why);
            }
            case Frame.Done done -> {}
        }
    }

    private void piece(Span span) {
        for (Delta delta : span.deltas()) {
            if (delta instanceof Delta.Finish(var channel, Reason why)) {
                reason = why;
            }
        }
        arrived.add(span);
    }

    private void flush() {
        pump().spans(List.copyOf(arrived));
        arrived.clear();
    }

    private void next() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private Pump pump() {
        if (pump == null) {
            throw new IllegalStateException("not started");
        }
        return pump;
    }
}
