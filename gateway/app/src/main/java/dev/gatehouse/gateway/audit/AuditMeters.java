package dev.gatehouse.gateway.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the audit tells of itself. */
final class AuditMeters {

    private final MeterRegistry registry;
    private final Counter intents;
    private final Counter outcomes;
    private final Counter rejected;
    private final Counter failures;
    private final DistributionSummary batches;
    private final Timer commits;

    AuditMeters(MeterRegistry registry) {
        this.registry = registry;
        this.intents = rows("intent");
        this.outcomes = rows("outcome");
        this.rejected = Counter.builder("gatehouse.audit.rejected")
                .description("Rows that the database will not take; each is logged with its intent")
                .register(registry);
        this.failures = Counter.builder("gatehouse.audit.failures")
                .description("Batches that did not reach the disk at the first try")
                .register(registry);
        this.batches = DistributionSummary.builder("gatehouse.audit.batch")
                .description("Rows in a transaction")
                .baseUnit("rows")
                .register(registry);
        this.commits = Timer.builder("gatehouse.audit.commit")
                .description("Time from a batch's sending until it is on disk")
                .register(registry);
    }

    void queue(Supplier<Number> length) {
        gauge("gatehouse.audit.queue", "Rows that wait for the disk", length);
    }

    void open(Supplier<Number> count) {
        gauge("gatehouse.audit.open", "Intents of this gateway without an outcome on disk", count);
    }

    void committed(int intentRows, int outcomeRows, long nanos) {
        intents.increment(intentRows);
        outcomes.increment(outcomeRows);
        batches.record(intentRows + (double) outcomeRows);
        commits.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed() {
        failures.increment();
    }

    void rejected() {
        rejected.increment();
    }

    private Counter rows(String kind) {
        return Counter.builder("gatehouse.audit.rows")
                .description("Rows on disk")
                .tag("kind", kind)
                .register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }
}
