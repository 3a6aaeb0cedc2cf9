package dev.gatehouse.worker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An output that keeps everything. */
final class Collected implements Output {

    private final List<Chunk> chunks = new ArrayList<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final CompletableFuture<Fault> fault = new CompletableFuture<>();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private final Consumer<Chunk> also;

    Collected() {
        this(chunk -> {});
    }

    Collected(Consumer<Chunk> also) {
        this.also = also;
    }

    @Override
    public void chunk(Chunk chunk) {
        synchronized (chunks) {
            chunks.add(chunk);
        }
        first.complete(null);
        also.accept(chunk);
    }

    @Override
    public void end(End how) {
        if (!end.complete(how) || fault.isDone()) {
            throw new AssertionError("ended twice");
        }
    }

    @Override
    public void fail(Fault what, Usage usage) {
        if (!fault.complete(what) || end.isDone()) {
            throw new AssertionError("ended twice");
        }
        end.completeExceptionally(new AssertionError(what));
    }

    End awaitEnd() {
        return end.orTimeout(30, TimeUnit.SECONDS).join();
    }

    Fault awaitFault() {
        return fault.orTimeout(30, TimeUnit.SECONDS).join();
    }

    void awaitFirst() {
        first.orTimeout(30, TimeUnit.SECONDS).join();
    }

    List<Chunk> chunks() {
        synchronized (chunks) {
            return List.copyOf(chunks);
        }
    }

    String content() {
        return chunks().stream().map(Chunk::content).collect(Collectors.joining());
    }

    String reasoning() {
        return chunks().stream().map(Chunk::reasoning).collect(Collectors.joining());
    }

    List<Integer> ids() {
        return chunks().stream()
                .flatMapToInt(chunk -> java.util.Arrays.stream(chunk.ids()))
                .boxed()
                .toList();
    }

    List<TokenLogprob> logprobs() {
        return chunks().stream().flatMap(chunk -> chunk.logprobs().stream()).toList();
    }
}
