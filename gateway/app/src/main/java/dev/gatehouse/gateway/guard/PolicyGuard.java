package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.PaymentCards;
import dev.gatehouse.detect.StreamFilter;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Work;

/** The guard over payment card numbers. */
final class PolicyGuard implements Guard {

    private static final RuleId PAYMENT_CARD = new RuleId(PaymentCards.RULE);

    private static final Problem TOO_MANY = Problem.of(
            Code.CONTENT_POLICY,
            "The request holds more than " + RequestScan.MOST_MASKED
                    + " payment card numbers, the most that are masked in one request (rule " + PAYMENT_CARD
                    + "). Remove numbers or spread them over several requests.");

    private final Policies policies;
    private final FindingCounts counts;

    PolicyGuard(Policies policies, FindingCounts counts) {
        this.policies = policies;
        this.counts = counts;
    }

    @Override
    public Verdict screen(TenantId tenant, Work work) {
        Policy policy = policies.of(tenant);
        RequestScan scan = RequestScan.of(work, policy.in());
        if (scan.refused()) {
            counts.in(Policy.In.REFUSE, scan.findings());
            return new Verdict.Blocked(PAYMENT_CARD, policy.version(), scan.coverage(), refusal(work, scan, policy));
        }
        counts.in(policy.in(), scan.findings());
        return cleared(masked(work, scan), scan.coverage(), policy);
    }

    private Verdict cleared(Work work, Coverage coverage, Policy policy) {
        return new Verdict.Cleared(new ScreenedWork(
                work,
                coverage,
                policy.version(),
                () -> filters(policy.out(), work.wire().dialect())));
    }

    private Filters filters(Policy.Out action, Dialect dialect) {
        return switch (action) {
            case MASK -> new AnswerFilters(StreamFilter.Remedy.MASK, counts.out(action), apart(dialect));
            case CUT -> new AnswerFilters(StreamFilter.Remedy.STOP, counts.out(action), apart(dialect));
            case ALLOW -> new OpenFilters();
        };
    }

    private static boolean apart(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> false;
            case ANTHROPIC -> true;
        };
    }

    private static Work masked(Work work, RequestScan scan) {
        return scan.masks().isEmpty() ? work : work.rewritten(work.wire().with(scan.masks()));
    }

    private static Problem refusal(Work work, RequestScan scan, Policy policy) {
        return policy.in() == Policy.In.MASK
                ? TOO_MANY
                : refusal(shown(PointerAt.of(work.wire().body(), scan.first())));
    }

    private static Problem refusal(String pointer) {
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
