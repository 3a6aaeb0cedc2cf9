package dev.gatehouse.gateway.metering.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.RefusedException;
import dev.gatehouse.gateway.access.web.InvalidException;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.metering.Reconciliation;
import dev.gatehouse.gateway.metering.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/reconciliations", produces = "application/json")
final class ReconciliationsController {

    private final Reconciliation reconciliation;

    ReconciliationsController(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    /** The requests that arrived in a time: of the last 23 hours, up to two minutes ago, where it is missing. */
    record TimeBody(@Nullable Instant from, @Nullable Instant until) {}

    /**
     * Whether the sums agree.
     *
     * @param differences in how many places they do not
     * @param complete every node was asked
     */
    record ReportView(
            Instant from,
            Instant until,
            long differences,
            boolean complete,
            List<Report.NodeHour> nodes,
            List<Report.Mismatch> mismatches,
            List<Report.BudgetSum> budgets) {

        static ReportView of(Report report) {
            return new ReportView(
                    report.from(),
                    report.until(),
                    report.differences(),
                    report.complete(),
                    report.nodes(),
                    report.mismatches(),
                    report.budgets());
        }
    }

    @PostMapping(consumes = "application/json")
    ReportView reconcile(@AuthenticationPrincipal Actor actor, @RequestBody TimeBody time) {
        if (actor.tenant().isPresent()) {
            throw new RefusedException(
                    RefusedException.Why.FORBIDDEN,
                    "The books are the installation's: ask a user who sees all tenants.");
        }
        return ReportView.of(InvalidException.reading(
                "from, until",
                () -> reconciliation.reconcile(Optional.ofNullable(time.from()), Optional.ofNullable(time.until()))));
    }
}
