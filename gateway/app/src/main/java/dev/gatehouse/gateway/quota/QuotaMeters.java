package dev.gatehouse.gateway.quota;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what quota does. */
final class QuotaMeters {

    private final AtomicInteger open = new AtomicInteger();
    private final Counter asked;
    private final Counter warned;

    QuotaMeters(MeterRegistry metrics) {
        asked = Counter.builder("gatehouse.quota.pool")
                .description("Transactions with the pool of limits")
                .register(metrics);
        warned = Counter.builder("gatehouse.quota.warnings")
                .description("Soft limits that were passed")
                .register(metrics);
        Gauge.builder("gatehouse.quota.open", open, AtomicInteger::get)
                .description("Reservations that are not settled yet")
                .register(metrics);
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** How many reservations are not settled. */
    int open() {
        return open.get();
    }

    /** How often a soft limit was passed. */
    long warnings() {
        return Math.round(warned.count());
    }

    void asked() {
        asked.increment();
    }

    /** A soft limit was passed. */
    void warned() {
        warned.increment();
    }
}
