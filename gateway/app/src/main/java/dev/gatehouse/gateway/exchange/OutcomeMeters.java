package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.vocabulary.Code;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Counts how requests end, and how long they take. */
@Component
final class OutcomeMeters {

    private final MeterRegistry metrics;
    private final Map<Key, Counter> requests = new ConcurrentHashMap<>();
    private final Timer duration;

    private record Key(String kind, Optional<Code> code) {}

    OutcomeMeters(MeterRegistry metrics) {
        this.metrics = metrics;
        duration = Timer.builder("gatehouse.request.duration")
                .description("From arrival to outcome")
                .register(metrics);
    }

    void count(String kind, Optional<Code> code) {
        requests.computeIfAbsent(new Key(kind, code), this::counter).increment();
    }

    void took(double ms) {
        duration.record((long) (ms * 1e6), TimeUnit.NANOSECONDS);
    }

    private Counter counter(Key key) {
        return Counter.builder("gatehouse.requests")
                .tag("kind", key.kind)
                .tag("code", key.code.map(Code::wire).orElse("none"))
                .register(metrics);
    }
}
