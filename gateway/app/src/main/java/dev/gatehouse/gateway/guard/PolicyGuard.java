package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Kind;
import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.detect.StreamFilter;
import dev.gatehouse.gateway.guard.RequestScan.Refusal;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.Work;

/** The guard over all kinds of findings. */
final class PolicyGuard implements Guard {

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
        scan.findings().forEach((kind, count) -> counts.in(kind, scan.action(kind), count));
        return scan.refusal()
                .map(refusal -> blocked(work, refusal, scan.coverage(), policy))
                .orElseGet(() -> cleared(masked(work, scan), scan.coverage(), policy));
    }

    private Verdict cleared(Work work, Coverage coverage, Policy policy) {
        return new Verdict.Cleared(new ScreenedWork(
                work,
                coverage,
                policy.version(),
                () -> filters(policy.out(), work.wire().dialect())));
    }

    private Filters filters(Remedies remedies, Dialect dialect) {
        return new AnswerFilters(
                remedies, finding -> counts.out(finding.kind(), remedies.of(finding.kind())), apart(dialect));
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

    private static Verdict blocked(Work work, Refusal refusal, Coverage coverage, Policy policy) {
        RuleId rule = new RuleId(refusal.kind().rule());
        Problem why = policy.in().of(refusal.kind()) == Remedy.MASK
                ? tooMany(rule)
                : problem(refusal.kind(), shown(PointerAt.of(work.wire().body(), refusal.at())));
        return new Verdict.Blocked(rule, policy.version(), coverage, why);
    }

    private static Problem tooMany(RuleId rule) {
        return Problem.of(
                Code.CONTENT_POLICY,
                "The request holds more than " + RequestScan.MOST_MASKED
                        + " texts that are to be masked, the most that are masked in one request (the last by rule "
                        + rule
                        + "). Remove some or spread them over several requests.");
    }

    private static Problem problem(Kind kind, String pointer) {
        return Problem.at(
                Code.CONTENT_POLICY,
                pointer,
                "The text at " + pointer + " holds " + kind.noun() + ", which your organization's policy refuses (rule "
                        + kind.rule() + "). Remove it and send the request again.");
    }

    /** A pointer may itself hold a finding, in a member's name. */
    private static String shown(String pointer) {
        StreamFilter filter = new StreamFilter(StreamFilter.Notation.PLAIN, Remedies.all(Remedy.MASK), finding -> {});
        return filter.feed(pointer) + filter.finish();
    }
}
