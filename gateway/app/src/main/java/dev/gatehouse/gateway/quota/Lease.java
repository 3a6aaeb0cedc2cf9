package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Standing;
import java.util.OptionalLong;

/**
 * This gateway's part of one bucket: {@code held + used and not reported + on their way back + free} is what the pool has leased to it.
 * In a flow, held units count as used from the beginning, as it refills while a request runs. Guarded by the lock of {@link Leases}.
 */
final class Lease {

    /** A block is at least the 64th and at most the 16th part of the amount. */
    private static final long SMALLEST_BLOCK = 64;

    private static final long LARGEST_BLOCK = 16;

    /** Between the two, a block is as much as four requests like the last one need. */
    private static final long REQUESTS_A_BLOCK = 4;

    private static final long BLOCKS_KEPT = 2;

    private Terms terms;
    private Bucket bucket;
    private long units;
    private long reported;
    private long used;
    private long held;
    private long leaving;
    private long block;
    private long elsewhere;
    private long usedAt;
    private int open;

    /** The pool's word on what was reported before is there. */
    private boolean known;

    /** It is not known whether the last report arrived. */
    private boolean doubtful;

    private boolean recalled;
    private boolean toppingUp;
    private long noBlockBefore = Long.MIN_VALUE;

    Lease(Terms terms, long now) {
        this.terms = terms;
        this.bucket = Bucket.fresh(terms.rule(), now);
        this.usedAt = now;
    }

    Terms terms() {
        return terms;
    }

    /** One more request refers to it, by the limit as it is now. */
    void open(Terms now) {
        terms = now;
        open++;
    }

    void close() {
        open--;
    }

    /** Units that no request holds; below 0 when more was used than had been reserved. */
    long free() {
        return units - Math.max(0, used - reported) - held - leaving;
    }

    /** When a request was served from it last. */
    long usedAt() {
        return usedAt;
    }

    /** Units that requests hold; none in a flow. */
    long held() {
        return held;
    }

    void hold(long n, long now) {
        if (isFlow()) {
            used += n;
        } else {
            held += n;
        }
        usedAt = now;
        block = Math.clamp(
                n * REQUESTS_A_BLOCK,
                terms.rule().amount() / SMALLEST_BLOCK,
                terms.rule().amount() / LARGEST_BLOCK);
    }

    /** Of {@code n} held units, {@code spent} were used; that may be more. */
    void settle(long n, long spent) {
        switch (terms.rule()) {
            case Rule.Flow _ -> used += spent - n;
            case Rule.Window _ -> {
                held -= n;
                used += spent;
            }
            case Rule.Gauge _ -> held -= n;
        }
    }

    Order.Want want(long need) {
        return new Order.Want(terms, need, block);
    }

    /** Whether the next requests would have to wait for the pool; true once until {@link #apply}. */
    boolean beginTopUp(long now) {
        if (toppingUp || now < noBlockBefore || free() >= block / 2) {
            return false;
        }
        toppingUp = true;
        return true;
    }

    /** Gives back, with the next report, all that is free. */
    void recall() {
        recalled = true;
    }

    /** Whether there is something that the pool does not know. */
    boolean isDirty(long idleSince) {
        return doubtful || used != reported || leaving > 0 || surplus(idleSince) > 0;
    }

    boolean isForgettable(long idleSince) {
        return open == 0 && units == 0 && usedAt < idleSince && !isDirty(idleSince);
    }

    /** What to tell the pool now. */
    Order.Report report(long idleSince) {
        leaving += doubtful ? 0 : surplus(idleSince);
        recalled = false;
        return new Order.Report(terms, known ? OptionalLong.of(used) : OptionalLong.empty(), doubtful ? 0 : leaving);
    }

    /**
     * The pool's answer to a report.
     *
     * @param noBlockBefore when it may be asked for a block again, if it had none
     */
    void apply(Order.Report sent, Position told, long noBlockBefore) {
        bucket = told.bucket();
        units = told.own().units();
        reported = told.own().reported();
        elsewhere = Math.max(0, bucket.leased() - units);
        leaving = doubtful ? 0 : leaving - sent.back();
        used = known ? atLeastReported() : used + reported;
        known = true;
        doubtful = false;
        if (toppingUp) {
            toppingUp = false;
            this.noBlockBefore = free() < block / 2 ? noBlockBefore : Long.MIN_VALUE;
        }
    }

    /** A gateway that was taken for dead goes on from what was found out about it. */
    private long atLeastReported() {
        return isFlow() ? used : Math.max(used, reported);
    }

    /** A report went out, and it is not known what became of it. */
    void doubt() {
        doubtful = true;
        toppingUp = false;
    }

    /** Whether other gateways have units of the bucket, which may come back. */
    boolean isElsewhere() {
        return elsewhere > 0;
    }

    /** Whether the pool has no more for {@code missing} units than what is told here: what others do can only make it less. */
    boolean isAlone() {
        return known && !doubtful && elsewhere == 0 && leaving == 0;
    }

    /** Units that the pool can still lease, as far as is known. */
    long room(long now) {
        return bucket.filled(terms.rule(), now).room(terms.rule());
    }

    /** Whether the units can not be had in this bucket any more, whatever comes back. */
    boolean excludes(long n) {
        return known && bucket.excludes(terms.rule(), isFlow() ? n : n + used - reported);
    }

    /** Microseconds until so many units can be had; {@link Bucket#NEVER} when time alone does not bring them. */
    long until(long n, long now) {
        long missing = n - Math.max(0, free());
        return missing <= 0 ? 0 : bucket.filled(terms.rule(), now).until(terms.rule(), missing);
    }

    /** The limit as a client sees it. */
    Standing.Room standing(long now) {
        Rule rule = terms.rule();
        Bucket filled = bucket.filled(rule, now);
        long remaining = Math.max(0, filled.room(rule) + free());
        return new Standing.Room(
                rule.amount(), remaining, Terms.micros(withAllFree(filled).untilWhole(rule)));
    }

    /** The bucket if what is free here were in it again. */
    private Bucket withAllFree(Bucket filled) {
        return switch (terms.rule()) {
            case Rule.Flow(long _, long period) ->
                new Bucket(filled.spent(), 0, filled.level() + free() * period, filled.at());
            case Rule.Window _, Rule.Gauge _ -> filled;
        };
    }

    private boolean isFlow() {
        return terms.rule() instanceof Rule.Flow;
    }

    private long surplus(long idleSince) {
        long kept = recalled || usedAt < idleSince ? 0 : BLOCKS_KEPT * block;
        return Math.max(0, free() - kept);
    }
}
