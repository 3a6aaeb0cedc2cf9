package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Finding;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/** The counter {@code gatehouse.guard.findings}, by rule, direction and what became of them. */
final class FindingCounts {

    private final MeterRegistry meters;

    FindingCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    Consumer<Finding> in(Policy.In action) {
        return finding -> count(finding, "in", Policy.word(action));
    }

    Consumer<Finding> out(Policy.Out action) {
        return finding -> count(finding, "out", Policy.word(action));
    }

    private void count(Finding finding, String direction, String action) {
        Counter.builder("gatehouse.guard.findings")
                .description("Text that a rule of the guard found")
                .tag("rule", finding.rule())
                .tag("direction", direction)
                .tag("action", action)
                .register(meters)
                .increment();
    }
}
