package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.PaymentCards;
import dev.gatehouse.detect.StreamFilter;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.TextField;
import dev.gatehouse.gateway.vocabulary.Work;
import java.util.Optional;

/** The guard over payment card numbers. */
final class PolicyGuard implements Guard {

    private static final RuleId PAYMENT_CARD = new RuleId(PaymentCards.RULE);

    private final Policies policies;
    private final FindingCounts counts;

    PolicyGuard(Policies policies, FindingCounts counts) {
        this.policies = policies;
        this.counts = counts;
    }

    @Override
    public Verdict screen(TenantId tenant, Work work) {
        Policy policy = policies.of(tenant);
        RequestScan scan = RequestScan.of(work, counts.in(policy.in()));
        Optional<TextField> found = scan.first();
        if (found.isEmpty()) {
            return cleared(work, scan.coverage(0), policy);
        }
        return switch (policy.in()) {
            case REFUSE -> new Verdict.Blocked(PAYMENT_CARD, policy.version(), scan.coverage(0), refusal(found.get()));
            case MASK -> cleared(masked(work, scan), scan.coverage(scan.masks().size()), policy);
            case ALLOW -> cleared(work, scan.coverage(0), policy);
        };
    }

    private Verdict cleared(Work work, Coverage coverage, Policy policy) {
        return new Verdict.Cleared(new ScreenedWork(work, coverage, policy.version(), () -> filters(policy.out())));
    }

    private Filters filters(Policy.Out action) {
        return switch (action) {
            case MASK -> new AnswerFilters(StreamFilter.Remedy.MASK, counts.out(action));
            case CUT -> new AnswerFilters(StreamFilter.Remedy.STOP, counts.out(action));
            case ALLOW -> new OpenFilters();
        };
    }

    private static Work masked(Work work, RequestScan scan) {
        return work.rewritten(work.wire().with(scan.masks()));
    }

    private static Problem refusal(TextField where) {
        String pointer = shown(where.pointer());
        return Problem.at(
                Code.CONTENT_POLICY,
                pointer,
                "The text at " + pointer
                        + " holds a payment card number, which your organization's policy refuses (rule " + PAYMENT_CARD
                        + "). Remove the number and send the request again.");
    }

    /** A pointer may itself hold a number, in a member's name. */
    private static String shown(String pointer) {
        StreamFilter filter = new StreamFilter(
                PaymentCards::new, StreamFilter.Notation.PLAIN, StreamFilter.Remedy.MASK, finding -> {});
        return filter.feed(pointer) + filter.finish();
    }
}
