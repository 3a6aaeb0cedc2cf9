package dev.gatehouse.gateway.quota;

/**
 * All that is known of a bucket but its rule: an immutable value, in integers. At every moment {@code spent + leased} is at most the
 * rule's amount, unless more was used than had been reserved.
 *
 * <p>A flow is the leaky bucket of the generic cell rate algorithm (ITU-T I.371, annex A), turned over. A unit weighs as much as its
 * period has microseconds, so that one microsecond brings exactly {@code amount}: nothing is rounded and nothing drifts. Units that
 * are leased and unused keep their place, so that a flow lets at most {@code amount + amount × t} units through in any t periods
 * however they are leased.
 *
 * @param spent units used for good; always 0 in a flow and a gauge
 * @param leased units that gateways hold, whether a request holds them there or none
 * @param level of a flow: what is left in it, units times microseconds; below 0 when too much was used
 * @param at microseconds since the epoch; the level is that of this moment
 */
record Bucket(long spent, long leased, long level, long at) {

    /** Answer of {@link #until}: waiting does not help. */
    static final long NEVER = Long.MAX_VALUE;

    /** A bucket that nobody has taken from. */
    static Bucket fresh(Rule rule, long now) {
        return switch (rule) {
            case Rule.Flow(long amount, long period) -> new Bucket(0, 0, amount * period, now);
            case Rule.Window _, Rule.Gauge _ -> new Bucket(0, 0, 0, now);
        };
    }

    /** The same bucket at a later moment; an earlier one counts as {@link #at}. */
    Bucket filled(Rule rule, long now) {
        return switch (rule) {
            case Rule.Flow(long amount, long period) -> flowed(amount, period, Math.max(at, now));
            case Rule.Window _, Rule.Gauge _ -> new Bucket(spent, leased, level, Math.max(at, now));
        };
    }

    /** Units that can be taken at this moment. */
    long room(Rule rule) {
        return switch (rule) {
            case Rule.Flow(long _, long period) -> Math.max(0, Math.floorDiv(level, period));
            case Rule.Window(long amount, long _) -> Math.max(0, amount - spent - leased);
            case Rule.Gauge(long amount) -> Math.max(0, amount - leased);
        };
    }

    /**
     * How long until {@code units} can be taken if nobody does anything.
     *
     * @return microseconds after {@link #at}; 0 when there is room; {@link #NEVER} when only a return of leased units helps, or nothing
     */
    long until(Rule rule, long units) {
        if (room(rule) >= units) {
            return 0;
        }
        return switch (rule) {
            case Rule.Flow(long amount, long period) ->
                units > amount ? NEVER : Math.ceilDiv(units * period - level, amount);
            case Rule.Window _, Rule.Gauge _ -> NEVER;
        };
    }

    /** Whether {@code units} cannot be had in this bucket, even if all that is leased came back. */
    boolean excludes(Rule rule, long units) {
        return units > rule.amount() - spent;
    }

    /** Leases units to a gateway; more than there is room for only when they are used already. */
    Bucket take(Rule rule, long units) {
        return switch (rule) {
            case Rule.Flow(long _, long period) -> new Bucket(spent, leased + units, level - units * period, at);
            case Rule.Window _, Rule.Gauge _ -> new Bucket(spent, leased + units, level, at);
        };
    }

    /** Leased units were used; below 0, used ones were not used after all and are leased again. */
    Bucket use(Rule rule, long units) {
        return switch (rule) {
            case Rule.Flow(long amount, long period) ->
                new Bucket(spent, leased - units, Math.min(level, (amount - leased + units) * period), at);
            case Rule.Window _ -> new Bucket(spent + units, leased - units, level, at);
            case Rule.Gauge _ -> new Bucket(spent, leased - units, level, at);
        };
    }

    /** Leased units come back unused. */
    Bucket giveBack(Rule rule, long units) {
        return switch (rule) {
            case Rule.Flow(long amount, long period) ->
                new Bucket(
                        spent,
                        leased - units,
                        Math.min(level + units * period, (amount - leased + units) * period),
                        at);
            case Rule.Window _, Rule.Gauge _ -> new Bucket(spent, leased - units, level, at);
        };
    }

    /**
     * How long until nothing is missing any more if nobody takes: a window begins anew, a flow is full.
     *
     * @return microseconds after {@link #at}
     */
    long untilWhole(Rule rule) {
        return switch (rule) {
            case Rule.Flow(long amount, long period) ->
                Math.max(0, Math.ceilDiv((amount - leased) * period - level, amount));
            case Rule.Window(long _, long end) -> Math.max(0, end - at);
            case Rule.Gauge _ -> 0;
        };
    }

    private Bucket flowed(long amount, long period, long now) {
        long most = (amount - leased) * period;
        long missing = Math.max(0, most - level);
        long passed = now - at;
        long brought = passed >= Math.ceilDiv(missing, amount) ? missing : passed * amount;
        return new Bucket(spent, leased, Math.min(most, level + brought), now);
    }
}
