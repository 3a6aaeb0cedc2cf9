package dev.gatehouse.gateway.exchange;

import dev.gatehouse.gateway.audit.Audit;
import dev.gatehouse.gateway.audit.Pending;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.guard.Guard;
import dev.gatehouse.gateway.guard.Screened;
import dev.gatehouse.gateway.guard.Verdict;
import dev.gatehouse.gateway.quota.Admission;
import dev.gatehouse.gateway.quota.Demand;
import dev.gatehouse.gateway.quota.Quota;
import dev.gatehouse.gateway.quota.Reservation;
import dev.gatehouse.gateway.routing.Plan;
import dev.gatehouse.gateway.routing.Routing;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Sink;
import dev.gatehouse.gateway.vocabulary.Standing;
import dev.gatehouse.gateway.vocabulary.Work;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The order in which a request is admitted, audited, screened, routed and answered. Runs on a thread that may wait. */
@Component
public final class Exchanges {

    /** How long an intent may take to become durable. */
    private static final Duration INTENT_DEADLINE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Exchanges.class);

    private final Catalog catalog;
    private final Quota quota;
    private final Audit audit;
    private final Guard guard;
    private final Routing routing;
    private final Conclusions conclusions;

    Exchanges(Catalog catalog, Quota quota, Audit audit, Guard guard, Routing routing, Conclusions conclusions) {
        this.catalog = catalog;
        this.quota = quota;
        this.audit = audit;
        this.guard = guard;
        this.routing = routing;
        this.conclusions = conclusions;
    }

    /**
     * Answers a request; returns when nothing is left to be decided. The sink is told the end once the outcome is durable.
     *
     * @throws Fault when it cannot be told whether the caller may be admitted; the sink has not been told anything then
     */
    public void run(Arrival arrival, Caller caller, Work work, Sink client) {
        Optional<Problem> denied = caller.permits().refusal(work.model());
        if (denied.isPresent()) {
            conclusions.limited(client, denied.get());
            return;
        }
        Terms terms = Terms.of(catalog, caller, work.model(), arrival.id().at());
        Admission admission = quota.admit(caller, new Demand(work.model(), work.bound(), work.at(terms.dearest())));
        client.standing(admission.standing());
        switch (admission) {
            case Admission.Limited(Problem why, Standing _) -> conclusions.limited(client, why);
            case Admission.Admitted(Reservation held, Standing _) ->
                admitted(new Story(arrival, caller, work, client, terms, held, conclusions));
        }
    }

    private void admitted(Story story) {
        try {
            Pending intent = audit.intend(story.intent());
            switch (guard.screen(story.caller().tenant(), story.work())) {
                case Verdict.Blocked blocked -> story.blocked(blocked);
                case Verdict.Cleared(Screened what) -> screened(story, what, intent);
            }
        } catch (Fault fault) {
            story.failed(fault.problem());
        } catch (RuntimeException | Error unexpected) {
            log.error("Request {} failed", story.id(), unexpected);
            story.failed(
                    Problem.of(Code.INTERNAL, "The gateway failed to handle this request. Report its x-request-id."));
        }
    }

    private void screened(Story story, Screened what, Pending intent) {
        story.screened(what);
        switch (routing.plan(story.caller(), what.work(), story.arrived())) {
            case Plan.NoRoute(Problem why) -> story.refused(why);
            case Plan.Candidates plan -> {
                Reservation held = story.held().narrow(plan.dearest());
                new Answer(story, what, held, intent.await(INTENT_DEADLINE)).from(plan.inOrder());
            }
        }
    }
}
