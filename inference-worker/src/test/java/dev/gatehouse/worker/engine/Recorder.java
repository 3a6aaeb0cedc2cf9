package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Keeps what a generation says, and checks the order in which it says it. */
final class Recorder implements Output {

    final List<Chunk> chunks = new CopyOnWriteArrayList<>();
    final CompletableFuture<End> end = new CompletableFuture<>();
    final Map<Integer, FinishReason> reasons = new ConcurrentHashMap<>();
    private boolean started;

    @Override
    public void started(int prompt, int cached) {
        assertThat(started).isFalse();
        assertThat(chunks).isEmpty();
        started = true;
    }

    @Override
    public void chunk(Chunk chunk) {
        assertThat(end).isNotDone();
        chunks.add(chunk);
    }

    @Override
    public void finished(int choice, FinishReason reason, long at) {
        assertThat(end).isNotDone();
        assertThat(reasons.putIfAbsent(choice, reason)).isNull();
    }

    @Override
    public void end(End how) {
        assertThat(end.complete(how)).isTrue();
    }

    @Override
    public void fail(Fault fault, Usage usage, Meters meters) {
        assertThat(end.completeExceptionally(new IllegalStateException(fault.code())))
                .isTrue();
    }

    End await() throws Exception {
        return end.get(20, TimeUnit.SECONDS);
    }

    List<String> contents() {
        return chunks.stream().map(Chunk::content).toList();
    }

    List<String> arguments() {
        return chunks.stream()
                .flatMap(chunk -> chunk.tools().stream())
                .map(ToolCallDelta::arguments)
                .toList();
    }

    String content() {
        return contents().stream().collect(Collectors.joining());
    }
}
