package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The counter {@code gatehouse.access.refused}: callers without a good key, by what was wrong. */
final class RefusalCounts {

    private final MeterRegistry meters;
    private final Map<Code, Counter> counters = new ConcurrentHashMap<>();

    RefusalCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts a refusal and gives back why. */
    Problem counted(Problem why) {
        counters.computeIfAbsent(why.code(), this::counter).increment();
        return why;
    }

    private Counter counter(Code code) {
        return Counter.builder("gatehouse.access.refused")
                .description("Requests without a good API key")
                .tag("code", code.wire())
                .register(meters);
    }
}
