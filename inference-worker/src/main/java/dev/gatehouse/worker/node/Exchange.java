package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.Cost;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.Fault;
import dev.gatehouse.worker.engine.FinishReason;
import dev.gatehouse.worker.engine.Generation;
import dev.gatehouse.worker.engine.Meters;
import dev.gatehouse.worker.engine.Output;
import dev.gatehouse.worker.engine.Usage;
import dev.gatehouse.worker.ledger.Counts;
import dev.gatehouse.worker.ledger.Entry;
import dev.gatehouse.worker.ledger.Expense;
import dev.gatehouse.worker.ledger.Reason;
import dev.gatehouse.worker.ledger.Timing;
import dev.gatehouse.worker.openai.ApiError;
import dev.gatehouse.worker.openai.ChunkWriter;
import dev.gatehouse.worker.openai.EventStream;
import dev.gatehouse.worker.openai.JsonBytes;
import java.util.concurrent.CompletableFuture;

/**
 * One running exchange: writes each count to the ledger before the frame that shows it goes to the reader. The calls of
 * {@link Output} come on the engine's thread, the others on any.
 */
final class Exchange implements Output {

    private static final ApiError STOPPED =
            ApiError.caller(409, "exchange_stopped", "", "The exchange was stopped by its gateway.");

    private final Entry entry;
    private final EventStream stream;
    private final ChunkWriter writer;
    private final CompletableFuture<Generation> generation = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean readerGone;
    private int reasoning;

    Exchange(Entry entry, EventStream stream, ChunkWriter writer) {
        this.entry = entry;
        this.stream = stream;
        this.writer = writer;
    }

    CompletableFuture<Void> durable() {
        return entry.durable();
    }

    /** Completes when the record has its ending. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    void accepted(Generation accepted) {
        generation.complete(accepted);
    }

    /** The engine would not have it, or failed over it. */
    void refused(ApiError error) {
        if (ended.isDone()) {
            return;
        }
        entry.end(Reason.FAILED, Counts.NONE, Timing.NONE);
        generation.cancel(false);
        stream.fail(error, new byte[0]);
        ended.complete(null);
    }

    /** Completes when the cap in force is in the record; fails if the engine refused the exchange. */
    CompletableFuture<Void> cap(long total, boolean last) {
        return generation.thenAccept(running -> entry.cap(running.cap(total, last)));
    }

    CompletableFuture<Void> stop() {
        generation.thenAccept(Generation::cancel);
        return ended;
    }

    void readerGone() {
        readerGone = true;
        generation.thenAccept(Generation::cancel);
    }

    @Override
    public void started(int prompt, int cached) {
        entry.prompt(prompt, cached);
    }

    @Override
    public void chunk(Chunk chunk) {
        if (!chunk.reasoning().isEmpty()) {
            reasoning += chunk.ids().length;
        }
        entry.completion((int) chunk.at(), reasoning);
        stream.send(writer.chunk(chunk));
    }

    @Override
    public void finished(int choice, FinishReason how, long at) {
        entry.completion((int) at, reasoning);
        stream.send(writer.finish(choice, how, at));
    }

    @Override
    public void end(End end) {
        try {
            entry.end(reason(end), counts(end.usage()), timing(end.meters()));
            switch (end.reason()) {
                case STOP, LENGTH, TOOL_CALLS -> stream.finish(lastFrames(end));
                case CANCELLED ->
                    stream.fail(STOPPED, writer.error(STOPPED, end.usage().completion()));
            }
        } finally {
            ended.complete(null);
        }
    }

    @Override
    public void fail(Fault fault, Usage usage, Meters meters) {
        try {
            ApiError error = ApiError.of(fault);
            entry.end(Reason.FAILED, counts(usage), timing(meters));
            stream.fail(error, writer.error(error, usage.completion()));
        } finally {
            ended.complete(null);
        }
    }

    private byte[] lastFrames(End end) {
        return new JsonBytes().raw(writer.usage(end)).raw(ChunkWriter.done()).toBytes();
    }

    private Reason reason(End end) {
        return switch (end.reason()) {
            case STOP -> Reason.STOP;
            case LENGTH -> Reason.LENGTH;
            case TOOL_CALLS -> Reason.TOOL_CALLS;
            case CANCELLED -> readerGone ? Reason.DISCONNECTED : Reason.CANCELLED;
        };
    }

    private static Counts counts(Usage usage) {
        return new Counts(usage.prompt(), usage.cached(), usage.completion(), usage.reasoning());
    }

    private static Timing timing(Meters meters) {
        Cost cost = meters.cost();
        Expense expense =
                new Expense(cost.computeMs(), cost.kvByteSeconds(), cost.recomputed(), cost.joules(), cost.bandwidth());
        return new Timing(meters.queueMs(), meters.prefillMs(), meters.decodeMs(), meters.stepRows(), expense);
    }
}
