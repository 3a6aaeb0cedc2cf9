package dev.gatehouse.gateway.quota;

import java.time.Instant;
import java.util.Optional;

/**
 * How much of a limit is used at a moment. What is spent, held and left is the amount, unless more was used than had been reserved.
 *
 * @param amount units that are in force, by an override where one holds
 * @param spent units used; of a flow what has not flowed back
 * @param held units that gateways hold, for requests that are under way and for the next ones
 * @param left units that nobody has
 * @param reset when nothing is missing any more if nobody calls; empty when that is now or depends on requests that are under way
 */
public record LimitState(long amount, long spent, long held, long left, Optional<Instant> reset) {

    static LimitState of(Rule rule, Bucket stored, long now) {
        Bucket bucket = stored.filled(rule, now);
        long left = bucket.room(rule);
        long spent = rule instanceof Rule.Window ? bucket.spent() : rule.amount() - bucket.leased() - left;
        long wait = bucket.untilWhole(rule);
        Optional<Instant> reset =
                wait == 0 ? Optional.empty() : Optional.of(Instant.EPOCH.plus(Terms.micros(bucket.at() + wait)));
        return new LimitState(rule.amount(), Math.max(0, spent), bucket.leased(), left, reset);
    }
}
