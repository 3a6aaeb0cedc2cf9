package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.ModelName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.stereotype.Component;

/** Counts what was used, by tenant and model. */
@Component
public final class Metering {

    private final MeterRegistry metrics;

    Metering(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Counts the tokens of one request's attempts. */
    public void record(Caller caller, ModelName model, List<Charge> charges) {
        Tags tags = Tags.of("tenant", caller.tenant().value().toString(), "model", model.value());
        for (Charge charge : charges) {
            count(tags, "prompt", charge.usage().prompt());
            count(tags, "cached", charge.usage().cached());
            count(tags, "completion", charge.usage().completion());
            count(tags, "reasoning", charge.usage().reasoning());
        }
    }

    private void count(Tags tags, String kind, long tokens) {
        if (tokens > 0) {
            metrics.counter("gatehouse.tokens", tags.and("kind", kind)).increment(tokens);
        }
    }
}
