package dev.gatehouse.worker.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An output that keeps everything. */
final class Collected implements Output {

    private final List<Chunk> chunks = new ArrayList<>();
    private final Map<Integer, FinishReason> reasons = new ConcurrentHashMap<>();
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
    public void finished(int choice, FinishReason reason, long at) {
        if (reasons.putIfAbsent(choice, reason) != null || end.isDone()) {
            throw new AssertionError("finished twice");
        }
    }

    @Override
    public void end(End how) {
        if (!end.complete(how) || fault.isDone()) {
            throw new AssertionError("ended twice");
        }
    }

    @Override
    public void fail(Fault what, Usage usage, Meters meters) {
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

    /** How each choice ended. */
    Map<Integer, FinishReason> reasons() {
        return reasons;
    }

    /** What belongs to one choice. */
    Collected choice(int index) {
        Collected one = new Collected();
        chunks().stream().filter(chunk -> chunk.choice() == index).forEach(one::chunk);
        return one;
    }

    String content() {
        return chunks().stream().map(Chunk::content).collect(Collectors.joining());
    }

    String reasoning() {
        return chunks().stream().map(Chunk::reasoning).collect(Collectors.joining());
    }

    List<Integer> ids() {
        return chunks().stream()
                .flatMapToInt(chunk -> Arrays.stream(chunk.ids()))
                .boxed()
                .toList();
    }

    List<TokenLogprob> logprobs() {
        return chunks().stream().flatMap(chunk -> chunk.logprobs().stream()).toList();
    }
}
