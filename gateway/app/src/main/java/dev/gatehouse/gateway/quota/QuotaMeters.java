package dev.gatehouse.gateway.quota;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what quota does. */
final class QuotaMeters {

    private static final Logger log = LoggerFactory.getLogger(QuotaMeters.class);
    private static final int PERCENT = 100;

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

    /** A soft limit was passed; told once a window, by the gateway whose report passed it. */
    void warn(Terms terms, long spent) {
        warned.increment();
        log.warn(
                "The {} {} has used {} of {} {}, which is more than {} %",
                terms.limit().level().words(),
                terms.limit().subject(),
                spent,
                terms.rule().amount(),
                terms.limit().measure().words(),
                terms.limit().soft().orElse(PERCENT));
    }
}
