package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Finding;
import dev.gatehouse.detect.PaymentCards;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The counter {@code gatehouse.guard.findings}, by rule, direction and what became of them. */
final class FindingCounts {

    private final MeterRegistry meters;
    private final Map<Enum<?>, Counter> counters = new ConcurrentHashMap<>();

    FindingCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts the findings of a request. */
    void in(Policy.In action, int findings) {
        if (findings > 0) {
            counter("in", action).increment(findings);
        }
    }

    /** Counts each finding of an answer. */
    Consumer<Finding> out(Policy.Out action) {
        Counter counter = counter("out", action);
        return finding -> counter.increment();
    }

    private Counter counter(String direction, Enum<?> action) {
        return counters.computeIfAbsent(
                action,
                word -> Counter.builder("gatehouse.guard.findings")
                        .description("Text that a rule of the guard found")
                        .tag("rule", PaymentCards.RULE)
                        .tag("direction", direction)
                        .tag("action", Policy.word(word))
                        .register(meters));
    }
}
