package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.OptionalDouble;

/**
 * Sums over the attempts of a request.
 *
 * @param usage its meters are sums, too, but for the rows per step, which are the last attempt's
 * @param chargeNano what the caller owes, nano-units of the currency
 * @param costNano what it cost us, nano-units of the currency
 */
record Totals(Usage usage, long chargeNano, long costNano) {

    private static final Totals NONE = new Totals(Usage.NONE, 0, 0);
    private static final Totals AT_LEAST_NONE = new Totals(Usage.atLeast(0), 0, 0);

    /** What is not known is not exact, however little it is. */
    static Totals of(Outcome outcome) {
        Totals totals = outcome.kind() == Outcome.Kind.UNKNOWN ? AT_LEAST_NONE : NONE;
        for (Outcome.Attempt attempt : outcome.attempts()) {
            totals = totals.plus(attempt.charge());
        }
        return totals;
    }

    private Totals plus(Charge charge) {
        Usage more = charge.usage();
        Usage sum = new Usage(
                usage.prompt() + more.prompt(),
                usage.cached() + more.cached(),
                usage.completion() + more.completion(),
                usage.reasoning() + more.reasoning(),
                plus(usage.meters(), more.meters()),
                usage.exact() && more.exact());
        return new Totals(sum, chargeNano + charge.nano(), costNano + charge.cost());
    }

    private static OptionalDouble plus(OptionalDouble one, OptionalDouble other) {
        return one.isEmpty() ? other : OptionalDouble.of(one.getAsDouble() + other.orElse(0));
    }

    private static Meters plus(Meters one, Meters other) {
        return new Meters(
                one.queueMs() + other.queueMs(),
                one.prefillMs() + other.prefillMs(),
                one.decodeMs() + other.decodeMs(),
                other.stepRows(),
                one.computeMs() + other.computeMs(),
                one.kvByteSeconds() + other.kvByteSeconds(),
                plus(one.joules(), other.joules()));
    }
}
