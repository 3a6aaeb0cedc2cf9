package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.audit.Audit;
import dev.gatehouse.gateway.audit.Orphan;
import dev.gatehouse.gateway.audit.Outcome;
import dev.gatehouse.gateway.backend.Recalled;
import dev.gatehouse.gateway.backend.Recollection;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.IntentId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Closes the intents of dead gateways from what the nodes remember. On a thread of its own, because a node may take its time to answer.
 */
@Component
final class Recovery implements SmartLifecycle {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final Audit audit;
    private final Recollection nodes;
    private final Catalog catalog;
    private final Clock clock;
    private final Amendments amendments;
    private final Duration patience;
    private final Map<IntentId, Instant> firstFailed = new HashMap<>();
    private volatile @Nullable Thread thread;

    Recovery(
            Audit audit,
            Recollection nodes,
            Catalog catalog,
            Clock clock,
            Amendments amendments,
            ExchangeProperties properties) {
        this.audit = audit;
        this.nodes = nodes;
        this.catalog = catalog;
        this.clock = clock;
        this.amendments = amendments;
        this.patience = properties.recoveryPatience();
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("recovery").start(this::untilStopped);
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            if (!running.join(FAREWELL)) {
                log.info("A pass of recovery is still under way; what it leaves is for the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        Thread running = thread;
        return running != null && running.isAlive();
    }

    private void untilStopped() {
        try {
            while (true) {
                pass();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            log.debug("Recovery ends");
        }
    }

    /** Closes what can be closed now of the next orphans, and corrects what was closed without knowing all. */
    void pass() {
        try {
            List<Orphan> orphans = audit.orphans();
            if (!orphans.isEmpty()) {
                close(orphans, nodes.inquire());
            }
            amendments.pass();
        } catch (Fault unreachable) {
            log.debug("Open intents can not be closed now: {}", unreachable.getMessage());
        } catch (RuntimeException defect) {
            log.error("A pass of recovery failed; the next one goes on", defect);
        }
    }

    /** Stops at the first outcome that does not become durable: the others would only fill the audit's queue. */
    private void close(List<Orphan> orphans, Recollection.Inquiry inquiry) {
        Instant now = clock.instant();
        firstFailed
                .values()
                .removeIf(first -> first.plus(ExchangeProperties.REMEMBERED).isBefore(now));
        for (Orphan orphan : orphans) {
            Recalled recalled = inquiry.recall(orphan.ticket());
            if ((recalled.complete() || isHopeless(orphan)) && !close(orphan, recalled)) {
                return;
            }
        }
    }

    /** It has waited long enough since the first time that this process tried. */
    private boolean isHopeless(Orphan orphan) {
        Instant now = clock.instant();
        Instant first = firstFailed.computeIfAbsent(orphan.ticket().intent(), intent -> now);
        return first.plus(patience).isBefore(now);
    }

    private boolean close(Orphan orphan, Recalled recalled) {
        IntentId intent = orphan.ticket().intent();
        Duration age = Duration.between(intent.at(), clock.instant());
        Outcome.Kind kind = kind(recalled, age);
        if (!audit.conclude(outcome(orphan, kind, recalled, age), DEADLINE)) {
            return false;
        }
        firstFailed.remove(intent);
        log.info("Closed {} of a dead gateway as {}", intent, kind);
        return true;
    }

    private static Outcome.Kind kind(Recalled recalled, Duration age) {
        if (!recalled.complete() || age.compareTo(ExchangeProperties.REMEMBERED) > 0) {
            return Outcome.Kind.UNKNOWN;
        }
        return recalled.attempts().isEmpty() ? Outcome.Kind.NOT_DISPATCHED : Outcome.Kind.RECOVERED;
    }

    private Outcome outcome(Orphan orphan, Outcome.Kind kind, Recalled recalled, Duration age) {
        Terms terms = Terms.of(
                catalog,
                orphan.caller(),
                orphan.model(),
                orphan.ticket().intent().at());
        List<Outcome.Attempt> attempts = recalled.attempts().stream()
                .map(attempt -> new Outcome.Attempt(
                        attempt.node().value(),
                        Recollected.charge(
                                attempt, terms, attempt == recalled.attempts().getLast())))
                .toList();
        return new Outcome(
                orphan.ticket().intent(),
                orphan.caller(),
                orphan.model(),
                orphan.dialect(),
                OptionalLong.of(orphan.start()),
                kind,
                Optional.empty(),
                recalled.reason(),
                Optional.empty(),
                "",
                "{}",
                attempts,
                -1,
                age.toMillis());
    }
}
