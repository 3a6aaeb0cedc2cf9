package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * Why a claim cannot be met.
 *
 * @param certain whatever open requests give back, it does not suffice
 * @param elsewhere other gateways have units of it that they may not need
 * @param micros after which time there is room; {@link Bucket#NEVER} when time alone does not bring it
 */
record Refusal(Terms terms, boolean certain, boolean elsewhere, long micros) {

    /** When to try again where that depends on when other requests end. */
    private static final Duration SOON = Duration.ofSeconds(1);

    static Refusal of(Claim claim, long now) {
        Lease lease = claim.part().lease();
        Terms terms = claim.part().terms();
        boolean certain = lease.excludes(claim.units());
        long wait = certain ? untilEnd(terms.rule(), now) : lease.until(claim.units(), now);
        return new Refusal(terms, certain, lease.isElsewhere(), wait);
    }

    private static long untilEnd(Rule rule, long now) {
        return rule instanceof Rule.Window(long _, long end) ? Math.max(0, end - now) : Bucket.NEVER;
    }

    /** Whether there is room by now. */
    boolean isOver() {
        return !certain && micros == 0;
    }

    /** Whether a moment may change it, as other gateways may give something back. */
    boolean mayPass() {
        return isOver() || (!certain && elsewhere);
    }

    /** The one of two that keeps the caller waiting longer; what is certain before what may change. */
    static Refusal worse(Refusal one, Refusal other) {
        if (one.certain != other.certain) {
            return one.certain ? one : other;
        }
        return one.micros >= other.micros ? one : other;
    }

    /** In words for the client, with a time to try again that is not too early. */
    Problem problem() {
        Code code = terms.limit().measure() == Measure.CHARGE ? Code.BUDGET_EXCEEDED : Code.RATE_LIMITED;
        String limit = "This %s %s; ".formatted(terms.limit().level().words(), terms.words());
        if (certain && micros == Bucket.NEVER) {
            return Problem.of(
                    code, limit + "one request may not need more: send a shorter one, or have the limit raised.");
        }
        if (micros == Bucket.NEVER || isOver()) {
            return Problem.later(
                    code, SOON, limit + "requests that are under way hold what is left: try again when they end.");
        }
        Duration wait = Terms.micros(micros);
        return Problem.later(
                code,
                wait,
                limit + "there is room for the next in %s s: wait, or have the limit raised.".formatted(seconds(wait)));
    }

    private static String seconds(Duration wait) {
        return BigDecimal.valueOf(wait.toNanos(), 9)
                .setScale(3, RoundingMode.CEILING)
                .toPlainString();
    }
}
