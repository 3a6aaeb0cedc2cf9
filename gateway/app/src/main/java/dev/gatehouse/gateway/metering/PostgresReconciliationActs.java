package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Act;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Acts of the actor {@code gatehouse}, about no thing of its own. */
@Component
final class PostgresReconciliationActs implements ReconciliationActs {

    private static final UUID NIL = new UUID(0, 0);

    private final CoreDatabase core;
    private final ApplicationEventPublisher events;

    PostgresReconciliationActs(CoreDatabase core, ApplicationEventPublisher events) {
        this.core = core;
        this.events = events;
    }

    @Override
    public void tell(Report report) {
        Map<String, Object> result = Map.of(
                "from", report.from().toString(),
                "until", report.until().toString(),
                "differences", report.differences(),
                "complete", report.complete());
        core.transact(_ -> {
            events.publishEvent(
                    new Act(Optional.empty(), "gatehouse", "", WHAT, NIL, Optional.empty(), Optional.of(result)));
            return result;
        });
    }
}
