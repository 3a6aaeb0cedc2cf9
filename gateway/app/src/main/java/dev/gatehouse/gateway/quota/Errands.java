package dev.gatehouse.gateway.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What this gateway does at the pool: each round is one transaction for all who wait and for what must be reported. For one thread. */
final class Errands {

    /** Leases that one round tells of beside those that are asked about. */
    private static final int MOST_REPORTS = 512;

    /** A lease that nobody used for so long goes back. */
    private static final Duration IDLE = Duration.ofSeconds(5);

    /** Where the pool has no block to lease, it is not asked for one again for so long. */
    private static final Duration NO_BLOCK = Duration.ofMillis(500);

    private final Pool pool;
    private final Leases leases;
    private final QuotaMeters meters;
    private final Warnings warnings;

    /** Passed in this round; told when no lock is held. */
    private final List<Warned> toWarn = new ArrayList<>();

    private record Warned(Terms terms, long spent) {}

    Errands(Pool pool, Leases leases, QuotaMeters meters, Warnings warnings) {
        this.pool = pool;
        this.leases = leases;
        this.meters = meters;
        this.warnings = warnings;
    }

    /** One ask on its way: what it holds already, and what is to come. */
    private record Way(Ask ask, Leases.Split split) {}

    /**
     * Answers all asks, whatever happens.
     *
     * @return whether more is left to report than fits one round
     */
    boolean round(List<Ask> asks) {
        List<Lease> dirty = leases.dirty(IDLE, MOST_REPORTS);
        List<Way> ways = asks.stream()
                .map(ask -> new Way(ask, leases.holdWhatIsHere(ask.claims())))
                .toList();
        Map<Lease, Order.Report> reports = reports(ways, dirty);
        if (reports.isEmpty()) {
            ways.forEach(way -> tell(way, Optional.empty()));
        } else {
            carryOut(ways, reports);
        }
        return dirty.size() == MOST_REPORTS;
    }

    private Map<Lease, Order.Report> reports(List<Way> ways, List<Lease> dirty) {
        Set<Lease> named = new HashSet<>(dirty);
        for (Way way : ways) {
            way.split.rest().forEach(claim -> named.add(claim.part().lease()));
            named.addAll(way.ask.toTopUp());
        }
        long idleSince = leases.now() - IDLE.toNanos() / 1_000;
        return leases.locked(() -> {
            Map<Lease, Order.Report> reports = new LinkedHashMap<>();
            named.forEach(lease -> reports.put(lease, lease.report(idleSince)));
            return reports;
        });
    }

    private void carryOut(List<Way> ways, Map<Lease, Order.Report> reports) {
        List<Order> orders = new ArrayList<>(reports.values());
        ways.forEach(way -> orders.add(new Order.Take(wants(way))));
        try {
            meters.asked();
            apply(ways, reports, pool.carryOut(orders));
        } catch (RuntimeException failed) {
            failed(ways, reports, failed);
        }
    }

    private List<Order.Want> wants(Way way) {
        return leases.locked(() -> {
            List<Order.Want> wants = new ArrayList<>();
            way.split.rest().forEach(claim -> wants.add(claim.part().lease().want(claim.units())));
            way.ask.toTopUp().forEach(lease -> wants.add(lease.want(0)));
            return wants;
        });
    }

    /** What was taken is held in the same step in which it arrives: nobody else can take it. */
    private void apply(List<Way> ways, Map<Lease, Order.Report> reports, Answer answer) {
        leases.run(() -> {
            reports.forEach((lease, sent) -> apply(lease, sent, answer));
            for (int i = 0; i < ways.size(); i++) {
                if (answer.lacking().get(i).isEmpty()) {
                    ways.get(i).split.rest().forEach(claim -> claim.part().hold(claim.units(), leases.now()));
                }
            }
        });
        for (int i = 0; i < ways.size(); i++) {
            tell(ways.get(i), answer.lacking().get(i));
        }
        List<Warned> passed = List.copyOf(toWarn);
        toWarn.clear();
        passed.forEach(one -> warnings.passed(one.terms, one.spent));
    }

    private void apply(Lease lease, Order.Report sent, Answer answer) {
        Position told = answer.position(sent.terms().key());
        lease.apply(sent, told, answer.now() + NO_BLOCK.toNanos() / 1_000);
        if (told.warned()) {
            meters.warned();
            toWarn.add(new Warned(sent.terms(), told.bucket().spent()));
        }
    }

    private void tell(Way way, Optional<BucketKey> lacking) {
        lacking.ifPresent(_ -> leases.release(way.split.here()));
        Optional<Refusal> refusal = lacking.flatMap(bucket -> leases.refusalOfPool(way.ask.claims(), bucket));
        if (!way.ask.answer().complete(refusal) && lacking.isEmpty()) {
            leases.release(way.ask.claims());
        }
    }

    private void failed(List<Way> ways, Map<Lease, Order.Report> reports, RuntimeException why) {
        leases.run(() -> reports.keySet().forEach(Lease::doubt));
        for (Way way : ways) {
            leases.release(way.split.here());
            way.ask.answer().completeExceptionally(why);
        }
    }
}
