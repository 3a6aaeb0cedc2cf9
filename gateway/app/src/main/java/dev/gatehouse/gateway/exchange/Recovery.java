package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.audit.Audit;
import dev.gatehouse.gateway.audit.Orphan;
import dev.gatehouse.gateway.audit.Outcome;
import dev.gatehouse.gateway.backend.Recalled;
import dev.gatehouse.gateway.backend.Recollection;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Price;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Closes the intents of dead gateways from what the nodes remember. */
@Component
final class Recovery {

    /** After this long a node that can not be asked is no longer waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private final Audit audit;
    private final Recollection nodes;
    private final Clock clock;

    Recovery(Audit audit, Recollection nodes, Clock clock) {
        this.audit = audit;
        this.nodes = nodes;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 5_000)
    void run() {
        try {
            audit.orphans().forEach(this::tryToClose);
        } catch (Fault unreachable) {
            log.debug("Open intents can not be read now", unreachable);
        }
    }

    private void tryToClose(Orphan orphan) {
        try {
            close(orphan);
        } catch (RuntimeException failed) {
            log.warn(
                    "Intent {} of a dead gateway stays open for now",
                    orphan.ticket().intent(),
                    failed);
        }
    }

    private void close(Orphan orphan) {
        Recalled recalled = nodes.recall(orphan.ticket());
        Duration age = Duration.between(orphan.ticket().intent().at(), clock.instant());
        if (recalled.complete() || age.compareTo(PATIENCE) > 0) {
            Outcome.Kind kind = kind(recalled);
            if (audit.conclude(outcome(orphan, kind, recalled, age), DEADLINE)) {
                log.info("Closed {} of a dead gateway as {}", orphan.ticket().intent(), kind);
            }
        }
    }

    private static Outcome.Kind kind(Recalled recalled) {
        if (!recalled.complete()) {
            return Outcome.Kind.UNKNOWN;
        }
        return recalled.attempts().isEmpty() ? Outcome.Kind.NOT_DISPATCHED : Outcome.Kind.RECOVERED;
    }

    private static Outcome outcome(Orphan orphan, Outcome.Kind kind, Recalled recalled, Duration age) {
        List<Outcome.Attempt> attempts = recalled.attempts().stream()
                .map(attempt -> new Outcome.Attempt(
                        attempt.node().value(), new Charge(attempt.number(), attempt.usage(), Price.FREE)))
                .toList();
        return new Outcome(
                orphan.ticket().intent(),
                orphan.caller(),
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
