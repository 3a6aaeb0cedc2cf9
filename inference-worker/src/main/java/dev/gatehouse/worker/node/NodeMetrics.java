package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.engine.Usage;
import dev.gatehouse.worker.ledger.Ledger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The meters of this node; {@code /metrics} shows them as {@code gatehouse_worker_…}. */
final class NodeMetrics {

    private static final double NANOS_PER_MILLI = 1e6;

    private final MeterRegistry registry;
    private final Timer queue;
    private final Timer prefill;
    private final Timer decode;

    NodeMetrics(MeterRegistry registry, Readiness readiness, Ledger ledger) {
        this.registry = registry;
        this.queue = timer("queue", "From the acceptance of a request to its first step");
        this.prefill = timer("prefill", "From the first step to the first token");
        this.decode = timer("decode", "From the first token to the last");
        gauge("running", "Requests with a sequence", readiness, r -> r.load().running());
        gauge("waiting", "Requests in the queue", readiness, r -> r.load().waiting());
        gauge("kv.used", "Tokens in the KV cache", readiness, r -> r.load().kvUsed());
        gauge("kv.size", "Tokens that the KV cache holds", readiness, r -> kvSize(r));
        gauge("ledger.records", "Records in the ledger", ledger, Ledger::records);
        gauge("ledger.size", "Records that the ledger holds", ledger, Ledger::mostRecords);
        gauge("ready", "1 if the node takes requests", readiness, r -> r.state() == Readiness.State.READY ? 1 : 0);
    }

    /** @param resumed completion tokens that another node has generated */
    void ended(End end, int resumed) {
        requests(end.reason().name().toLowerCase(Locale.ROOT));
        tokens(end.usage(), resumed);
        record(queue, end.meters().queueMs());
        record(prefill, end.meters().prefillMs());
        record(decode, end.meters().decodeMs());
    }

    void failed(Usage usage, int resumed) {
        requests("failed");
        tokens(usage, resumed);
    }

    /** Refused by the engine. */
    void refused(String code) {
        Counter.builder("gatehouse.worker.refusals")
                .description("Requests that the engine refused, by code")
                .tag("code", code)
                .register(registry)
                .increment();
    }

    private void requests(String reason) {
        Counter.builder("gatehouse.worker.requests")
                .description("Requests that ended, by reason")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    private void tokens(Usage usage, int resumed) {
        tokens("prompt", usage.prompt());
        tokens("cached", usage.cached());
        tokens("completion", usage.completion());
        tokens("reasoning", usage.reasoning());
        tokens("resumed", resumed);
    }

    private void tokens(String kind, int count) {
        Counter.builder("gatehouse.worker.tokens")
                .description("Tokens by class; cached ones are also prompt, reasoning and resumed ones also completion")
                .tag("class", kind)
                .register(registry)
                .increment(count);
    }

    private Timer timer(String name, String description) {
        return Timer.builder("gatehouse.worker." + name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(2))
                .register(registry);
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder("gatehouse.worker." + name, of, value)
                .description(description)
                .register(registry);
    }

    private static void record(Timer timer, double millis) {
        timer.record(Duration.ofNanos((long) (millis * NANOS_PER_MILLI)));
    }

    private static double kvSize(Readiness readiness) {
        return readiness
                .engine()
                .map(Engine::model)
                .map(model -> model.kvTokens())
                .orElse(0);
    }
}
