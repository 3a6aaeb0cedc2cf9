package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Counts what was used, by tenant and model. */
@Component
public final class Metering {

    private final MeterRegistry metrics;
    private final Map<Key, Counters> counters = new ConcurrentHashMap<>();

    private record Key(TenantId tenant, ModelName model) {}

    private record Counters(Counter prompt, Counter cached, Counter completion, Counter reasoning) {}

    Metering(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Counts the tokens of one request's attempts. */
    public void record(Caller caller, ModelName model, List<Charge> charges) {
        if (charges.isEmpty()) {
            return;
        }
        Counters counted = counters.computeIfAbsent(new Key(caller.tenant(), model), this::counters);
        for (Charge charge : charges) {
            Usage usage = charge.usage();
            counted.prompt.increment(usage.prompt());
            counted.cached.increment(usage.cached());
            counted.completion.increment(usage.completion());
            counted.reasoning.increment(usage.reasoning());
        }
    }

    private Counters counters(Key key) {
        return new Counters(
                counter(key, "prompt"), counter(key, "cached"), counter(key, "completion"), counter(key, "reasoning"));
    }

    private Counter counter(Key key, String kind) {
        return Counter.builder("gatehouse.tokens")
                .tag("tenant", key.tenant.value().toString())
                .tag("model", key.model.value())
                .tag("kind", kind)
                .register(metrics);
    }
}
