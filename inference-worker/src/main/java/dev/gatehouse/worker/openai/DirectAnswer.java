package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.Fault;
import dev.gatehouse.worker.engine.FinishReason;
import dev.gatehouse.worker.engine.Generation;
import dev.gatehouse.worker.engine.Meters;
import dev.gatehouse.worker.engine.Output;
import dev.gatehouse.worker.engine.Usage;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** One answer of direct use: streamed, or collected into one completion. */
abstract sealed class DirectAnswer implements Output {

    private static final byte[] NOTHING = {};
    private static final ApiError STOPPED =
            ApiError.server(503, "node_stopped", "The answer was stopped. Send the request again.");

    private final CompletableFuture<Generation> generation = new CompletableFuture<>();
    final EventStream stream;

    private DirectAnswer(EventStream stream) {
        this.stream = stream;
    }

    static DirectAnswer to(EventStream stream, ChatRequest chat, String id, String model) {
        long created = Instant.now().getEpochSecond();
        return chat.stream()
                ? new Streamed(stream, ChunkWriter.plain(id, created, model), chat.streamUsage())
                : new Collected(stream, new Completion(id, created, model));
    }

    void accepted(Generation accepted) {
        generation.complete(accepted);
    }

    void readerGone() {
        generation.thenAccept(Generation::cancel);
    }

    @Override
    public void end(End end) {
        switch (end.reason()) {
            case STOP, LENGTH, TOOL_CALLS -> finish(end);
            case CANCELLED -> fail(STOPPED);
        }
    }

    @Override
    public void fail(Fault fault, Usage usage, Meters meters) {
        fail(ApiError.of(fault));
    }

    abstract void finish(End end);

    abstract void fail(ApiError error);

    private static final class Streamed extends DirectAnswer {

        private final ChunkWriter writer;
        private final boolean usage;

        Streamed(EventStream stream, ChunkWriter writer, boolean usage) {
            super(stream);
            this.writer = writer;
            this.usage = usage;
        }

        @Override
        public void chunk(Chunk chunk) {
            stream.send(writer.chunk(chunk));
        }

        @Override
        public void finished(int choice, FinishReason reason, long at) {
            stream.send(writer.finish(choice, reason, at));
        }

        @Override
        void finish(End end) {
            JsonBytes last = new JsonBytes();
            if (usage) {
                last.raw(writer.usage(end));
            }
            stream.finish(last.raw(ChunkWriter.done()).toBytes());
        }

        @Override
        void fail(ApiError error) {
            stream.fail(error, writer.error(error, 0));
        }
    }

    private static final class Collected extends DirectAnswer {

        private final Completion completion;

        Collected(EventStream stream, Completion completion) {
            super(stream);
            this.completion = completion;
        }

        @Override
        public void chunk(Chunk chunk) {
            completion.add(chunk);
        }

        @Override
        public void finished(int choice, FinishReason reason, long at) {
            completion.finish(choice, reason);
        }

        @Override
        void finish(End end) {
            stream.whole(completion.json(end));
        }

        @Override
        void fail(ApiError error) {
            stream.fail(error, NOTHING);
        }
    }
}
