package dev.gatehouse.gateway.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Carries out one gateway's orders on the buckets that they name; what every pool does between reading and writing. Not thread-safe. */
final class Desk {

    /** So many blocks must remain for each gateway, else only what is needed is leased. */
    private static final long BLOCKS_EACH = 2;

    private final int gateways;
    private final long now;
    private final Map<BucketKey, Position> positions = new HashMap<>();
    private final List<Optional<BucketKey>> lacking = new ArrayList<>();

    /**
     * @param gateways how many gateways share the pool, at least 1
     * @param now microseconds since the epoch
     */
    Desk(int gateways, long now) {
        this.gateways = gateways;
        this.now = now;
    }

    /** Lays a bucket on the desk, as it was stored. */
    void lay(Terms terms, Bucket stored, LeaseRow own) {
        positions.put(terms.key(), new Position(stored.filled(terms.rule(), now), own, false));
    }

    /** Every bucket that an order names must lie on the desk. */
    Answer carryOut(List<Order> orders) {
        for (Order order : orders) {
            switch (order) {
                case Order.Take(List<Order.Want> wants) -> lacking.add(take(wants));
                case Order.Report(Terms terms, OptionalLong used, long back) -> report(terms, used, back);
            }
        }
        return new Answer(now, List.copyOf(lacking), Map.copyOf(positions));
    }

    /** @return the first bucket that has no room; then nothing is leased */
    private Optional<BucketKey> take(List<Order.Want> wants) {
        for (Order.Want want : wants) {
            if (of(want.terms()).bucket().room(want.terms().rule()) < want.need()) {
                return Optional.of(want.terms().key());
            }
        }
        wants.forEach(this::lease);
        return Optional.empty();
    }

    private void lease(Order.Want want) {
        Position before = of(want.terms());
        Rule rule = want.terms().rule();
        long left = before.bucket().room(rule) - want.need();
        boolean plenty = (left - 1) / (BLOCKS_EACH * gateways) >= want.block();
        long units = want.need() + (plenty ? want.block() : 0);
        put(
                want.terms(),
                before.bucket().take(rule, units),
                new LeaseRow(before.own().units() + units, before.own().reported()));
    }

    private void report(Terms terms, OptionalLong used, long back) {
        Position before = of(terms);
        LeaseRow own = before.own();
        long fresh = fresh(terms.rule(), used.orElse(own.reported()) - own.reported());
        long beyond = Math.max(0, fresh - own.units());
        Bucket bucket = before.bucket().take(terms.rule(), beyond).use(terms.rule(), fresh);
        long units = own.units() + beyond - fresh;
        long returned = Math.min(back, units);
        put(terms, bucket.giveBack(terms.rule(), returned), new LeaseRow(units - returned, own.reported() + fresh));
    }

    /**
     * Only in a flow does a gateway take back what it reported. Elsewhere one that says less was taken for dead: what its requests used
     * has been found out.
     */
    private static long fresh(Rule rule, long more) {
        return switch (rule) {
            case Rule.Flow _ -> more;
            case Rule.Window _, Rule.Gauge _ -> Math.max(0, more);
        };
    }

    private Position of(Terms terms) {
        Position position = positions.get(terms.key());
        if (position == null) {
            throw new IllegalArgumentException("no bucket " + terms.key() + " lies on the desk");
        }
        return position;
    }

    private void put(Terms terms, Bucket bucket, LeaseRow own) {
        Position before = of(terms);
        boolean crossed = before.bucket().spent() < terms.warning() && bucket.spent() >= terms.warning();
        positions.put(terms.key(), new Position(bucket, own, before.warned() || crossed));
    }
}
