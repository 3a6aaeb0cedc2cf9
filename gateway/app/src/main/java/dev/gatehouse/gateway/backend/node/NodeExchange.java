package dev.gatehouse.gateway.backend.node;

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
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One exchange with a node: reads its frames into a {@link Pump} on the event loop, and stops it on demand. */
final class NodeExchange implements Upstream, NodeAnswer {

    private static final Logger log = LoggerFactory.getLogger(NodeExchange.class);

    /** Longest frame and longest refusal accepted, in bytes. */
    private static final int LONGEST = 1 << 20;

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** A cap is a total, so it may be told again. */
    private static final int CAP_TRIES = 2;

    private final NodeCall call;
    private final NodeRegistry nodes;
    private final NodeCall.Target target;
    private final Sink client;
    private final ServerSentEvents events = new ServerSentEvents(LONGEST);
    private final ByteArrayOutputStream refusal = new ByteArrayOutputStream();
    private final List<Span> arrived = new ArrayList<>();

    private @Nullable Pump pump;
    private @Nullable NodeConnection connection;
    private volatile boolean posted;
    private boolean stopped;
    private boolean headed;
    private boolean open;
    private int status = OK;
    private HttpHeaders headers = EmptyHttpHeaders.INSTANCE;
    private Reason reason = Reason.STOP;
    private @Nullable Usage total;

    NodeExchange(NodeCall call, NodeRegistry nodes, NodeCall.Target target, Sink client) {
        this.call = call;
        this.nodes = nodes;
        this.target = target;
        this.client = client;
    }

    /** Sends the request; called once, on the event loop. */
    void start(Pump into, FullHttpRequest request) {
        pump = into;
        into.start();
        if (into.closed()) {
            request.release();
        } else {
            posted = true;
            open = true;
            nodes.opened(target.node());
            call.run(target, request, this);
        }
    }

    @Override
    public void cap(long cap, boolean last) {
        cap(cap, last, CAP_TRIES);
    }

    private void cap(long cap, boolean last, int tries) {
        call.cap(target, cap, last).whenComplete((answer, failure) -> {
            if (failure == null && answer.ok()) {
                return;
            }
            if (tries > 1) {
                cap(cap, last, tries - 1);
            } else {
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
            WholeAnswer.Answered answer = call.stop(target).join();
            return answer.ok() ? NodeRecord.read(answer.body()).usage() : unseen(answer.status(), seen);
        } catch (CompletionException | JacksonException unreachable) {
            log.info(
                    "Node {} did not say what {} used: {}",
                    target.node(),
                    target.ticket().intent(),
                    unreachable.toString());
            return Usage.atLeast(seen);
        } finally {
            client.loop().execute(this::drop);
        }
    }

    @Override
    public boolean asked() {
        return posted;
    }

    /** A node that was never asked has used nothing; one that was may only not know the exchange yet. */
    private Usage unseen(int answered, long seen) {
        return answered == NOT_FOUND && !posted ? Usage.NONE : Usage.atLeast(seen);
    }

    @Override
    public void sent(NodeConnection by) {
        connection = by;
        if (stopped) {
            by.close();
        }
    }

    @Override
    public void head(int code, HttpHeaders head) {
        headed = true;
        status = code;
        headers = head;
    }

    @Override
    public void data(byte[] bytes) {
        if (pump().closed()) {
            return;
        }
        if (status == OK) {
            frames(bytes);
        } else if (refusal.size() + bytes.length <= LONGEST) {
            refusal.writeBytes(bytes);
        }
    }

    @Override
    public void pause() {
        flush();
        if (connection != null && !client.writable()) {
            NodeConnection held = connection;
            held.hold();
            client.onWritable(held::resume);
        }
    }

    @Override
    public void end() {
        over();
        flush();
        if (status != OK) {
            pump().refused(Refusals.problem(status, headers, refusal.toByteArray()));
        } else {
            pump().lost(lost("The node ended its answer too early. Send the request again."));
        }
    }

    @Override
    public void lost(Throwable failure) {
        log.debug("Node {} was lost", target.node(), failure);
        over();
        flush();
        if (!headed && !pump().closed()) {
            nodes.suspect(target.node());
        }
        pump().lost(lost("The connection to the node that was answering broke. Send the request again."));
    }

    private static Problem lost(String message) {
        return Problem.of(Code.UPSTREAM_LOST, message);
    }

    private void frames(byte[] bytes) {
        try {
            events.feed(bytes, (line, from, to) -> frame(FrameReader.read(line, from, to)));
        } catch (JacksonException | IllegalStateException unreadable) {
            log.warn("Node {} sent a frame that can not be read", target.node(), unreadable);
            flush();
            pump().lost(Problem.of(
                    Code.UPSTREAM_FAILED, "The node sent an answer that can not be read. Send the request again."));
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

    /** Hands over what has arrived; with the count, the answer is complete. */
    private void flush() {
        if (!arrived.isEmpty()) {
            pump().spans(List.copyOf(arrived));
            arrived.clear();
        }
        if (total != null) {
            pump().ended(reason, total);
        }
    }

    private void drop() {
        stopped = true;
        if (connection != null) {
            connection.close();
        }
        over();
    }

    /** The node has nothing more to do for this exchange. */
    private void over() {
        connection = null;
        if (open) {
            open = false;
            nodes.closed(target.node());
        }
    }

    private Pump pump() {
        if (pump == null) {
            throw new IllegalStateException("not started");
        }
        return pump;
    }
}
