package dev.gatehouse.bench.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One exchange of the node protocol, running or ended. */
final class Exchange {

    private final ExchangeId id;
    private final String model;
    private final EventLoop loop;
    private final Playback playback;
    private final long startedAt = System.currentTimeMillis();
    private final CompletableFuture<Ending> ending;

    Exchange(ExchangeId id, String model, EventLoop loop, Playback playback) {
        this.id = id;
        this.model = model;
        this.loop = loop;
        this.playback = playback;
        this.ending = playback.ended().thenApply(reason -> new Ending(reason, System.currentTimeMillis()));
    }

    private record Ending(Reason reason, long at) {}

    /** The node's record in the shape of the protocol. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String id,
            String intent,
            int attempt,
            String model,
            String state,
            @Nullable String reason,
            int cap,
            int resumed,
            Usage usage,
            Meters meters,
            long startedAt,
            @Nullable Long endedAt) {}

    CompletableFuture<Entry> stop(Reason why) {
        return onLoop(() -> {
            playback.stop(why);
            return entry();
        });
    }

    CompletableFuture<Cap> raise(Cap cap) {
        return onLoop(() -> {
            playback.raise(cap);
            return playback.cap();
        });
    }

    CompletableFuture<Entry> read() {
        return onLoop(this::entry);
    }

    private Entry entry() {
        Ending end = ending.getNow(null);
        return new Entry(
                id.toString(),
                id.intent(),
                id.attempt(),
                model,
                end == null ? "running" : "ended",
                end == null ? null : end.reason().wire(),
                playback.cap().tokens(),
                0,
                playback.usage(),
                playback.meters(),
                startedAt,
                end == null ? null : end.at());
    }

    private <T> CompletableFuture<T> onLoop(java.util.function.Supplier<T> action) {
        return CompletableFuture.supplyAsync(action, loop);
    }
}
