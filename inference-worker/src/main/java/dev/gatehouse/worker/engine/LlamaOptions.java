package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.llama.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to run a model file.
 *
 * @param natives directory of the native libraries
 * @param model GGUF file
 * @param id name that clients ask for; empty: the file's name without extension and quantisation
 * @param threads of the native pool, 1 to 512; more than the free cores slow it down
 * @param slots sequences at a time, 1 to 128; how many run is decided by the tokens that they need
 * @param queue requests that may wait, 0 to 10,000
 * @param kvTokens tokens in the KV cache, at least 256; empty: slots × context, at most 65,536
 * @param idleTokens those of them that may hold what only later requests could use, at least 0; empty: half of them, at most 2,048
 * @param interToken time from one token of an answer to the next that prompts of others may take, 1 ms to 1 min
 * @param residence how the model is held in memory
 * @param backend that must be there
 */
public record LlamaOptions(
        Path natives,
        Path model,
        Optional<String> id,
        int threads,
        int slots,
        int queue,
        OptionalInt kvTokens,
        OptionalInt idleTokens,
        Duration interToken,
        Residence residence,
        Backend backend,
        Telemetry telemetry) {

    public static final int MOST_SLOTS = 128;
    public static final Duration DEFAULT_INTER_TOKEN = Duration.ofMillis(100);

    static final int DEFAULT_KV_TOKENS = 65_536;

    /** Attention passes over idle cells too, while a KV store brings back what has left the cache. */
    private static final int MOST_IDLE_TOKENS = 2_048;

    public LlamaOptions {
        require(threads >= 1 && threads <= 512, "threads must be 1 to 512, not " + threads);
        require(slots >= 1 && slots <= MOST_SLOTS, "slots must be 1 to " + MOST_SLOTS + ", not " + slots);
        require(queue >= 0 && queue <= 10_000, "queue must be 0 to 10000, not " + queue);
        require(kvTokens.orElse(256) >= 256, "kv-tokens must be at least 256");
        require(idleTokens.orElse(0) >= 0, "idle-tokens must be at least 0");
        require(
                interToken.compareTo(Duration.ofMillis(1)) >= 0 && interToken.compareTo(Duration.ofMinutes(1)) <= 0,
                "inter-token must be 1ms to 1m, not " + interToken);
    }

    /** All cores, 64 slots and a queue of 64. */
    public static LlamaOptions of(Path natives, Path model) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new LlamaOptions(natives, model, Optional.empty(), cores, 64, 64, OptionalInt.empty());
    }

    /** With the usual share of the cache for what is idle, 100 ms from token to token, the model held in memory as it fits, any backend and the usual telemetry. */
    public LlamaOptions(
            Path natives, Path model, Optional<String> id, int threads, int slots, int queue, OptionalInt kvTokens) {
        this(
                natives,
                model,
                id,
                threads,
                slots,
                queue,
                kvTokens,
                OptionalInt.empty(),
                DEFAULT_INTER_TOKEN,
                Residence.AUTOMATIC,
                Backend.AUTO,
                Telemetry.USUAL);
    }

    /** Tokens in the KV cache for a model of this context. */
    int kvTokens(int context) {
        long all = Math.min((long) slots * context, DEFAULT_KV_TOKENS);
        return kvTokens.orElse((int) Math.max(all, 256));
    }

    /** Of a cache of this many that may be idle when nothing is said. */
    static int idleTokens(int kvTokens) {
        return Math.min(kvTokens / 2, MOST_IDLE_TOKENS);
    }

    /** {@code tiny-moe-q8_0.gguf} is {@code tiny-moe}. */
    String modelId() {
        return id.orElseGet(() -> model.getFileName()
                .toString()
                .replaceFirst("(?i)(?:-\\d{5}-of-\\d{5})?\\.gguf$", "")
                .replaceFirst("(?i)[-.](?:i?q\\d\\w*|[bf]f?(?:16|32)|mxfp4\\w*|tq\\d\\w*)$", ""));
    }

    private static void require(boolean fact, String otherwise) {
        if (!fact) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
