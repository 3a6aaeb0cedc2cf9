package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.backend.Flow;
import dev.gatehouse.gateway.backend.Turn;
import dev.gatehouse.gateway.quota.Grant;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Usage;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a node how many tokens a prompt has. Uses nothing, and tells the client the prompt's tokens at its end. */
final class NodeQuote implements Flow {

    private static final Logger log = LoggerFactory.getLogger(NodeQuote.class);

    private static final Problem UNREACHABLE = Problem.of(
            Code.UPSTREAM_LOST, "The node that was counting the tokens did not answer. Send the request again.");
    private static final Problem UNREADABLE =
            Problem.of(Code.UPSTREAM_FAILED, "The node's count of the tokens can not be read. Send the request again.");

    private final NodeRegistry nodes;
    private final NodeCall.Target target;
    private final Sink client;
    private final CompletableFuture<Turn> turn = new CompletableFuture<>();
    private volatile long tokens;

    NodeQuote(NodeRegistry nodes, NodeCall.Target target, Sink client) {
        this.nodes = nodes;
        this.target = target;
        this.client = client;
    }

    /** Follows the call until it is answered or the client has left; on the event loop. */
    void start(CompletableFuture<WholeAnswer.Answered> call) {
        client.onGone(cause -> {
            turn.complete(new Turn.Left(cause));
            call.cancel(false);
        });
        call.whenComplete((answered, failure) -> turn.complete(failure == null ? turn(answered) : lost(failure)));
    }

    private Turn turn(WholeAnswer.Answered answered) {
        if (!answered.ok()) {
            return new Turn.Refused(Refusals.problem(answered.status(), EmptyHttpHeaders.INSTANCE, answered.body()));
        }
        try {
            JsonNode quoted = JsonMapper.shared().readTree(answered.body()).path("tokens");
            tokens = quoted.asLong(-1);
        } catch (JacksonException unreadable) {
            tokens = -1;
        }
        return tokens < 0 ? Turn.Lost.unseen(UNREADABLE) : new Turn.Ended(Usage.NONE, Reason.STOP);
    }

    private Turn lost(Throwable failure) {
        log.debug("Node {} gave no quote", target.node(), failure);
        boolean left = turn.isDone();
        if (!left && !(failure instanceof TimeoutException)) {
            nodes.suspect(target.node());
        }
        return Turn.Lost.unseen(UNREACHABLE);
    }

    @Override
    public Turn await() {
        try {
            return turn.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Turn.Left(Cause.SHUTDOWN);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Nothing is generated, so nothing is asked for. */
    @Override
    public void grant(Grant grant) {}

    @Override
    public Usage stop(Cause why) {
        return Usage.NONE;
    }

    @Override
    public boolean asked() {
        return true;
    }

    @Override
    public void release() {
        Usage counted = new Usage(tokens, 0, 0, 0, Meters.NONE, true);
        client.loop().execute(() -> client.end(Reason.STOP, counted));
    }

    @Override
    public void fail(Problem problem) {
        client.loop().execute(() -> client.fail(problem));
    }

    @Override
    public long firstTokenNanos() {
        return 0;
    }
}
