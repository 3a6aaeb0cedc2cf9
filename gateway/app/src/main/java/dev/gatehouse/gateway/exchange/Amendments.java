package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.audit.Audit;
import dev.gatehouse.gateway.audit.Doubt;
import dev.gatehouse.gateway.audit.Orphan;
import dev.gatehouse.gateway.backend.Recalled;
import dev.gatehouse.gateway.backend.Recollection;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.metering.Corrections;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Corrects requests that ended while a node could not be asked, once it can. For one thread. */
@Component
final class Amendments {

    private static final Logger log = LoggerFactory.getLogger(Amendments.class);

    private final Audit audit;
    private final Recollection nodes;
    private final Catalog catalog;
    private final Corrections corrections;
    private final Clock clock;
    private final Duration interval;
    private Instant next = Instant.MIN;

    Amendments(
            Audit audit,
            Recollection nodes,
            Catalog catalog,
            Corrections corrections,
            Clock clock,
            ExchangeProperties properties) {
        this.audit = audit;
        this.nodes = nodes;
        this.catalog = catalog;
        this.corrections = corrections;
        this.clock = clock;
        this.interval = properties.correctionInterval();
    }

    /**
     * Corrects what can be corrected now, if it is time again.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the database is away
     */
    void pass() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(interval);
        List<Doubt> doubts = audit.doubts();
        if (!doubts.isEmpty()) {
            Recollection.Inquiry inquiry = nodes.inquire();
            doubts.forEach(doubt -> amend(doubt, inquiry.recall(doubt.request().ticket())));
        }
    }

    private void amend(Doubt doubt, Recalled recalled) {
        if (recalled.complete() && corrections.correct(request(doubt), dispatched(doubt.request(), recalled))) {
            log.info(
                    "Corrected {} by the nodes' records",
                    doubt.request().ticket().intent());
        }
    }

    private static Corrections.Request request(Doubt doubt) {
        Orphan known = doubt.request();
        return new Corrections.Request(
                known.ticket().intent(), known.caller(), known.model(), known.start(), doubt.blind());
    }

    private List<Corrections.Dispatched> dispatched(Orphan known, Recalled recalled) {
        Terms terms = Terms.of(
                catalog, known.caller(), known.model(), known.ticket().intent().at());
        return recalled.attempts().stream()
                .map(attempt -> new Corrections.Dispatched(
                        attempt.node().value(),
                        Recollected.charge(
                                attempt, terms, attempt == recalled.attempts().getLast())))
                .toList();
    }
}
