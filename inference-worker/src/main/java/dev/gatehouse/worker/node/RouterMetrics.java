package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.engine.FinishReason;
import dev.gatehouse.worker.engine.Load;
import dev.gatehouse.worker.engine.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one engine under the names that vLLM gave them, which routers in front of inference servers scrape (the protocol of
 * the Kubernetes gateway API's inference extension).
 */
final class RouterMetrics {

    private static final double NANOS_PER_MILLI = 1e6;

    /** Tokens of a block, as routers count the KV cache. */
    private static final int BLOCK = 64;

    private final PrometheusMeterRegistry registry;
    private final Engine engine;
    private final String model;
    private final Timer firstToken;
    private final Timer betweenTokens;
    private final Timer whole;
    private final Timer queue;
    private final Timer prefill;
    private final Timer decode;
    private final Counter prompt;
    private final Counter generated;
    private final Counter queries;
    private final Counter hits;

    RouterMetrics(PrometheusMeterRegistry registry, Engine engine) {
        this.registry = registry;
        this.engine = engine;
        this.model = engine.model().id();
        this.firstToken = timer("time_to_first_token", "From the acceptance of a request to its first token");
        this.betweenTokens = timer("inter_token_latency", "From one token of a choice to its next");
        this.whole = timer("e2e_request_latency", "From the acceptance of a request to its end");
        this.queue = timer("request_queue_time", "From the acceptance of a request to its first step");
        this.prefill = timer("request_prefill_time", "From the first step to the first token");
        this.decode = timer("request_decode_time", "From the first token to the last");
        this.prompt = counter("prompt_tokens", "Tokens of prompts, cached ones included");
        this.generated = counter("generation_tokens", "Tokens generated");
        this.queries = counter("prefix_cache_queries", "Tokens of prompts that were looked up in the prefix cache");
        this.hits = counter("prefix_cache_hits", "Tokens of prompts that were found there");
        gauge("num_requests_running", "Requests with a sequence", Load::running);
        gauge("num_requests_waiting", "Requests in the queue", Load::waiting);
        gauge("kv_cache_usage_perc", "Share of the KV cache in use, 0 to 1", this::usage);
        preemptions();
        cache();
    }

    private double usage(Load load) {
        return (double) load.kvUsed() / engine.model().kvTokens();
    }

    /**
     * A request that was accepted now.
     *
     * @param resumed completion tokens of it that another node has generated
     */
    Answer accepted(int resumed) {
        return new Answer(resumed);
    }

    /** Measures one request; on one thread. */
    final class Answer {

        private final long accepted = System.nanoTime();
        private final Map<Integer, Long> latest = new HashMap<>();

        private final int resumed;

        private Answer(int resumed) {
            this.resumed = resumed;
        }

        void chunk(Chunk chunk) {
            int tokens = chunk.ids().length;
            if (tokens == 0) {
                return;
            }
            long now = System.nanoTime();
            if (latest.isEmpty()) {
                record(firstToken, now - accepted);
            }
            Long before = latest.put(chunk.choice(), now);
            if (before != null) {
                record(betweenTokens, (now - before) / tokens);
            }
        }

        void ended(End end) {
            count(end.usage());
            success(end.reason());
            record(whole, System.nanoTime() - accepted);
            record(queue, nanos(end.meters().queueMs()));
            record(prefill, nanos(end.meters().prefillMs()));
            record(decode, nanos(end.meters().decodeMs()));
        }

        void failed(Usage usage) {
            count(usage);
        }

        private void count(Usage usage) {
            prompt.increment(usage.prompt());
            generated.increment(Math.max(0, usage.completion() - resumed));
            queries.increment(usage.prompt());
            hits.increment(usage.cached());
        }
    }

    private void success(FinishReason reason) {
        Counter.builder("vllm:request_success")
                .description("Requests that ended, by reason")
                .tag("model_name", model)
                .tag("finished_reason", word(reason))
                .register(registry)
                .increment();
    }

    private static String word(FinishReason reason) {
        return switch (reason) {
            case STOP, TOOL_CALLS -> "stop";
            case LENGTH -> "length";
            case CANCELLED -> "abort";
        };
    }

    private Timer timer(String name, String description) {
        return Timer.builder("vllm:" + name)
                .description(description)
                .tag("model_name", model)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(2))
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder("vllm:" + name)
                .description(description)
                .tag("model_name", model)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<Load> value) {
        Gauge.builder("vllm:" + name, engine, of -> value.applyAsDouble(of.load()))
                .description(description)
                .tag("model_name", model)
                .register(registry);
    }

    private void preemptions() {
        FunctionCounter.builder(
                        "vllm:num_preemptions", engine, of -> of.activity().preemptions())
                .description("Sequences that had to give their KV cache to others")
                .tag("model_name", model)
                .register(registry);
    }

    /** Straight to Prometheus: a meter's name can not end with {@code _info}. */
    private void cache() {
        Info.builder()
                .name("vllm:cache_config")
                .help("The KV cache in blocks")
                .labelNames("block_size", "model_name", "num_gpu_blocks")
                .register(registry.getPrometheusRegistry())
                .addLabelValues(
                        String.valueOf(BLOCK),
                        model,
                        String.valueOf(engine.model().kvTokens() / BLOCK));
    }

    private static long nanos(double millis) {
        return (long) (millis * NANOS_PER_MILLI);
    }

    private static void record(Timer timer, long nanos) {
        timer.record(Duration.ofNanos(nanos));
    }
}
