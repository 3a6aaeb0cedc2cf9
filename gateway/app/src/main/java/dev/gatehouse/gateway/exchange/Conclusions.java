package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.audit.Audit;
import dev.gatehouse.gateway.audit.Outcome;
import dev.gatehouse.gateway.metering.Metering;
import dev.gatehouse.gateway.quota.Reservation;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Work;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends stories: meters what was used, makes the outcome durable, and settles what was held by it. */
@Component
final class Conclusions {

    /** How long a finished answer is held for its outcome to become durable. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Conclusions.class);

    private final Audit audit;
    private final Metering metering;
    private final OutcomeMeters meters;

    Conclusions(Audit audit, Metering metering, OutcomeMeters meters) {
        this.audit = audit;
        this.metering = metering;
        this.meters = meters;
    }

    /** A refusal that is counted and not recorded, so that a flood of them buys no writes. */
    void limited(Sink client, Problem why) {
        meters.count("limited", Optional.of(why.code()));
        client.loop().execute(() -> client.fail(why));
    }

    /** Nothing was dispatched and nothing is recorded. */
    void unaudited(Reservation held, Problem why) {
        held.settle(List.of());
        meters.count("unaudited", Optional.of(why.code()));
    }

    /**
     * What was held stays held until the outcome is recorded.
     *
     * @param then is told whether the outcome is durable, on a thread that it must not keep
     */
    void conclude(Reservation held, Work work, Outcome outcome, Consumer<Boolean> then) {
        List<Charge> charges =
                outcome.attempts().stream().map(Outcome.Attempt::charge).toList();
        observed(() -> metering.record(outcome.caller(), work.model(), charges));
        observed(() -> meters.count(outcome.kind().name().toLowerCase(Locale.ROOT), outcome.code()));
        observed(() -> meters.took(outcome.totalMs()));
        concluding(held, outcome, charges).thenAccept(then).exceptionally(defect -> {
            log.error("The end of request {} was not told", outcome.intent(), defect);
            return null;
        });
    }

    private CompletableFuture<Boolean> concluding(Reservation held, Outcome outcome, List<Charge> charges) {
        try {
            return audit.concluding(outcome, DEADLINE, recorded -> settle(held, recorded));
        } catch (RuntimeException defect) {
            held.settle(charges);
            throw defect;
        }
    }

    /** By what the log says, so that a limit counts what the ledger does. */
    private static void settle(Reservation held, Outcome recorded) {
        held.settle(recorded.attempts().stream().map(Outcome.Attempt::charge).toList());
    }

    /** Metrics fail open: no answer waits for them. */
    private static void observed(Runnable metric) {
        try {
            metric.run();
        } catch (RuntimeException failed) {
            log.warn("A request was not counted", failed);
        }
    }
}
