package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Kind;
import dev.gatehouse.detect.Remedy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The counter {@code gatehouse.guard.findings}, by kind, direction and what became of them. */
final class FindingCounts {

    private record Series(Kind kind, String direction, Remedy action) {}

    private final MeterRegistry meters;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    FindingCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts findings in a request. */
    void in(Kind kind, Remedy action, int findings) {
        counter(new Series(kind, "in", action)).increment(findings);
    }

    /** Counts a finding in an answer. */
    void out(Kind kind, Remedy action) {
        counter(new Series(kind, "out", action)).increment();
    }

    private Counter counter(Series series) {
        return counters.computeIfAbsent(
                series,
                one -> Counter.builder("gatehouse.guard.findings")
                        .description("Text that the guard found")
                        .tag("kind", one.kind().word())
                        .tag("direction", one.direction())
                        .tag("action", PolicyText.word(one.action()))
                        .register(meters));
    }
}
