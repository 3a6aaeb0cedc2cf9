package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.Fault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reconciles every night at two o'clock (UTC), on one of the gateways, and tells the result by an act, a line of the log and a metric. */
@Component
final class NightlyReconciliation implements SmartLifecycle {

    private static final Duration AFTER_MIDNIGHT = Duration.ofHours(2);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(5);
    private static final Logger log = LoggerFactory.getLogger(NightlyReconciliation.class);

    private final Reconciliation reconciliation;
    private final Nights nights;
    private final ReconciliationActs acts;
    private final Clock clock;
    private final JsonMapper json;
    private final AtomicLong differences = new AtomicLong();

    /** The night whose work this gateway has taken on. */
    private @Nullable Instant begun;

    private Instant tried;
    private volatile @Nullable Thread thread;

    NightlyReconciliation(
            Reconciliation reconciliation,
            Nights nights,
            ReconciliationActs acts,
            Clock clock,
            JsonMapper json,
            MeterRegistry metrics) {
        this.reconciliation = reconciliation;
        this.nights = nights;
        this.acts = acts;
        this.clock = clock;
        this.json = json;
        this.tried = night();
        Gauge.builder("gatehouse.reconcile.differences", differences, AtomicLong::get)
                .description("Places in which two sums differed when this gateway reconciled last")
                .register(metrics);
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("reconciliation").start(this::untilStopped);
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void untilStopped() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does the work of a night that began since the last look, unless another gateway does. */
    void look() {
        Instant night = night();
        if (!night.isAfter(tried)) {
            return;
        }
        try {
            if (night.equals(begun) || nights.begin(night)) {
                begun = night;
                tell(reconciliation.reconcile(Optional.empty(), Optional.empty()));
            }
            tried = night;
        } catch (Fault away) {
            log.warn("The books were not reconciled: {}", away.getMessage());
        } catch (RuntimeException defect) {
            log.error("The books could not be reconciled", defect);
        }
    }

    private void tell(Report report) {
        acts.tell(report);
        differences.set(report.differences());
        if (report.differences() > 0) {
            log.error("The books differ in {} places: {}", report.differences(), json.writeValueAsString(report));
        } else {
            log.info(
                    "The books agree from {} to {}{}",
                    report.from(),
                    report.until(),
                    report.complete() ? "" : ", but for nodes that did not answer");
        }
    }

    /** When the last night's work was due. */
    private Instant night() {
        Instant now = clock.instant();
        return now.minus(AFTER_MIDNIGHT).truncatedTo(ChronoUnit.DAYS).plus(AFTER_MIDNIGHT);
    }
}
