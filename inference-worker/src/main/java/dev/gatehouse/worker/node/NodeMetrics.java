package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Activity;
import dev.gatehouse.worker.engine.Cost;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.Engine;
import dev.gatehouse.worker.engine.ExpertPicks;
import dev.gatehouse.worker.engine.FinishReason;
import dev.gatehouse.worker.engine.Usage;
import dev.gatehouse.worker.ledger.Ledger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

/** The meters of this node; {@code /metrics} shows them as {@code gatehouse_worker_…}. */
final class NodeMetrics {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusMeterRegistry registry;
    private final Timer queue;
    private final Timer prefill;
    private final Timer decode;
    private final Counter kvByteSeconds;
    private final DistributionSummary bandwidth;
    private final List<Runnable> refreshes = new CopyOnWriteArrayList<>();

    NodeMetrics(PrometheusMeterRegistry registry, Readiness readiness, Ledger ledger) {
        this.registry = registry;
        this.queue = timer("queue", "From the acceptance of a request to its first step");
        this.prefill = timer("prefill", "From the first step to the first token");
        this.decode = timer("decode", "From the first token to the last");
        this.kvByteSeconds = Counter.builder("gatehouse.worker.kv.byte.seconds")
                .description("KV cache that requests held, in bytes times seconds")
                .register(registry);
        this.bandwidth = DistributionSummary.builder("gatehouse.worker.bandwidth")
                .description("Share of the memory's bandwidth that the steps of a request used, 0 to 1")
                .register(registry);
        gauge("running", "Requests with a sequence", readiness, r -> r.load().running());
        gauge("waiting", "Requests in the queue", readiness, r -> r.load().waiting());
        gauge("kv.used", "Tokens in the KV cache", readiness, r -> r.load().kvUsed());
        gauge("kv.size", "Tokens that the KV cache holds", readiness, r -> kvSize(r));
        gauge("ledger.records", "Records in the ledger", ledger, Ledger::records);
        gauge("ledger.size", "Records that the ledger holds", ledger, Ledger::mostRecords);
        gauge("ready", "1 if the node takes requests", readiness, r -> r.state() == Readiness.State.READY ? 1 : 0);
    }

    /** Meters of an engine that has been loaded. */
    RouterMetrics of(Engine engine) {
        counter("compute.seconds", "Time of steps", engine, activity -> activity.computeNanos() / NANOS_PER_SECOND);
        counter("idle.seconds", "Time between steps", engine, activity -> activity.idleNanos() / NANOS_PER_SECOND);
        counter("steps", "Steps", engine, Activity::steps);
        counter("preemptions", "Sequences that gave their KV cache to others", engine, Activity::preemptions);
        counter("tokens.recomputed", "Tokens that were computed again for that", engine, Activity::recomputed);
        if (engine.activity().joules().isPresent()) {
            counter(
                    "energy.joules",
                    "Used by the processors",
                    engine,
                    activity -> activity.joules().orElse(0));
        }
        experts(engine);
        return new RouterMetrics(registry, engine);
    }

    /** Layers appear when they have been sampled. */
    private void experts(Engine engine) {
        MultiGauge imbalance = layers("expert.imbalance", "Picks of a layer's busiest expert over the mean");
        MultiGauge evenness = layers("expert.evenness", "Entropy of a layer's picks over that of even ones");
        refreshes.add(() -> engine.experts().ifPresent(picks -> {
            imbalance.register(rows(picks, ExpertPicks.Layer::imbalance), true);
            evenness.register(rows(picks, ExpertPicks.Layer::evenness), true);
        }));
    }

    private static List<MultiGauge.Row<?>> rows(ExpertPicks picks, ToDoubleFunction<ExpertPicks.Layer> value) {
        return picks.layers().stream()
                .<MultiGauge.Row<?>>map(
                        layer -> MultiGauge.Row.of(Tags.of("layer", "" + layer.index()), value.applyAsDouble(layer)))
                .toList();
    }

    /** Before the meters are read. */
    void refresh() {
        refreshes.forEach(Runnable::run);
    }

    /** @param resumed completion tokens that another node has generated */
    void ended(End end, int resumed) {
        requests(end.reason().name().toLowerCase(Locale.ROOT));
        tokens(end.usage(), resumed);
        record(queue, end.meters().queueMs());
        record(prefill, end.meters().prefillMs());
        record(decode, end.meters().decodeMs());
        cost(end.meters().cost());
        if (end.reason() == FinishReason.CANCELLED) {
            wasted("cancelled", end.usage());
        }
    }

    void failed(Usage usage, int resumed) {
        requests("failed");
        tokens(usage, resumed);
        wasted("failed", usage);
    }

    /** Refused by the engine. */
    void refused(String code) {
        Counter.builder("gatehouse.worker.refusals")
                .description("Requests that the engine refused, by code")
                .tag("code", code)
                .register(registry)
                .increment();
    }

    private void cost(Cost cost) {
        kvByteSeconds.increment(cost.kvByteSeconds());
        cost.bandwidth().ifPresent(bandwidth::record);
    }

    /** Computed for nobody: the prompt's tokens that were not cached, and the answer's. */
    private void wasted(String cause, Usage usage) {
        Counter.builder("gatehouse.worker.tokens.wasted")
                .description("Tokens computed for requests that did not get their answer, by cause")
                .tag("cause", cause)
                .register(registry)
                .increment(usage.prompt() - usage.cached() + usage.completion());
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

    private void counter(String name, String description, Engine engine, ToDoubleFunction<Activity> value) {
        FunctionCounter.builder("gatehouse.worker." + name, engine, of -> value.applyAsDouble(of.activity()))
                .description(description)
                .register(registry);
    }

    private MultiGauge layers(String name, String description) {
        return MultiGauge.builder("gatehouse.worker." + name)
                .description(description)
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
