package dev.gatehouse.gateway.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MeteringTests {

    private static final ModelName MODEL = new ModelName("tiny-moe");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Metering metering = new Metering(metrics);

    @Test
    void countsTheTokensOfEveryAttemptByClass() {
        metering.record(
                caller(1), MODEL, List.of(charge(1, new Usage(10, 4, 7, 5, Meters.NONE, true)), charge(2, usage(3))));
        assertThat(tokens(1, "prompt")).isEqualTo(10);
        assertThat(tokens(1, "cached")).isEqualTo(4);
        assertThat(tokens(1, "completion")).isEqualTo(10);
        assertThat(tokens(1, "reasoning")).isEqualTo(5);
    }

    @Test
    void keepsTenantsApart() {
        metering.record(caller(1), MODEL, List.of(charge(1, usage(3))));
        metering.record(caller(2), MODEL, List.of(charge(1, usage(20))));
        assertThat(tokens(1, "completion")).isEqualTo(3);
        assertThat(tokens(2, "completion")).isEqualTo(20);
    }

    private double tokens(int tenant, String kind) {
        return metrics.get("gatehouse.tokens")
                .tags("tenant", caller(tenant).tenant().value().toString(), "model", MODEL.value(), "kind", kind)
                .counter()
                .count();
    }

    private static Charge charge(int attempt, Usage usage) {
        return new Charge(attempt, usage, Price.FREE);
    }

    private static Usage usage(long completion) {
        return Usage.atLeast(completion);
    }

    private static Caller caller(int tenant) {
        return new Caller(
                new TenantId(new UUID(0, tenant)), new ProjectId(new UUID(1, tenant)), new KeyId(new UUID(2, tenant)));
    }
}
