package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A pool without a database: what all gateways see, one transaction after the other. */
final class MemoryBuckets {

    final Map<BucketKey, Bucket> buckets = new HashMap<>();
    final Map<BucketKey, Terms> terms = new HashMap<>();
    final Map<BucketKey, Map<Integer, LeaseRow>> leases = new HashMap<>();
    final List<Consumer<Set<BucketKey>>> recalls = new ArrayList<>();
    final AtomicInteger calls = new AtomicInteger();
    private final LongSupplier clock;
    private final Set<Integer> living = new HashSet<>();
    private final Map<Integer, Map<BucketKey, Long>> dead = new HashMap<>();

    MemoryBuckets(LongSupplier clock) {
        this.clock = clock;
    }

    /** The pool as one gateway sees it. */
    MemoryPool gateway(int start) {
        living.add(start);
        return new MemoryPool(start);
    }

    /** The gateway is gone; this is all that its requests ever used. */
    synchronized void bury(int start, Map<BucketKey, Long> used) {
        living.remove(start);
        dead.put(start, used);
    }

    /** A bucket that somebody has asked for. */
    synchronized Bucket bucket(BucketKey key) {
        return Objects.requireNonNull(buckets.get(key));
    }

    synchronized long leased(BucketKey key) {
        return leases.getOrDefault(key, Map.of()).values().stream()
                .mapToLong(LeaseRow::units)
                .sum();
    }

    private synchronized Answer carryOut(int start, List<Order> orders) {
        calls.incrementAndGet();
        Desk desk = new Desk(Math.max(1, living.size()), clock.getAsLong());
        named(orders).forEach((key, one) -> {
            terms.put(key, one);
            Bucket stored = buckets.computeIfAbsent(key, _ -> Bucket.fresh(one.rule(), clock.getAsLong()));
            desk.lay(one, stored, leases.getOrDefault(key, Map.of()).getOrDefault(start, LeaseRow.NONE));
        });
        Answer answer = desk.carryOut(orders);
        answer.positions().forEach((key, position) -> {
            buckets.put(key, position.bucket());
            leases.computeIfAbsent(key, _ -> new HashMap<>()).put(start, position.own());
        });
        return answer;
    }

    private static Map<BucketKey, Terms> named(List<Order> orders) {
        Map<BucketKey, Terms> named = new HashMap<>();
        for (Order order : orders) {
            switch (order) {
                case Order.Report report -> named.put(report.terms().key(), report.terms());
                case Order.Take take ->
                    take.wants().forEach(want -> named.put(want.terms().key(), want.terms()));
            }
        }
        return named;
    }

    private synchronized int expire() {
        int ended = 0;
        for (Map.Entry<Integer, Map<BucketKey, Long>> gone : dead.entrySet()) {
            for (BucketKey key : buckets.keySet()) {
                LeaseRow row = leases.getOrDefault(key, Map.of()).getOrDefault(gone.getKey(), LeaseRow.NONE);
                if (row.units() > 0) {
                    end(key, gone.getKey(), row, gone.getValue().getOrDefault(key, 0L));
                    ended++;
                }
            }
        }
        return ended;
    }

    private void end(BucketKey key, int start, LeaseRow row, long used) {
        Rule rule = Objects.requireNonNull(terms.get(key)).rule();
        long gone = switch (rule) {
            case Rule.Flow _ -> row.units();
            case Rule.Window _ -> Math.clamp(used - row.reported(), 0, row.units());
            case Rule.Gauge _ -> 0;
        };
        buckets.computeIfPresent(key, (_, bucket) -> bucket.use(rule, gone).giveBack(rule, row.units() - gone));
        Objects.requireNonNull(leases.get(key)).put(start, new LeaseRow(0, row.reported() + gone));
    }

    /** When a transaction's fate is not told. */
    enum Failing {
        NOT,
        BEFORE,
        AFTER
    }

    final class MemoryPool implements Pool {

        private final int start;
        Failing next = Failing.NOT;
        boolean away;

        private MemoryPool(int start) {
            this.start = start;
        }

        @Override
        public long now() {
            return clock.getAsLong();
        }

        @Override
        public Answer carryOut(List<Order> orders) {
            Failing how = next;
            next = Failing.NOT;
            if (away || how == Failing.BEFORE) {
                throw away();
            }
            Answer answer = MemoryBuckets.this.carryOut(start, orders);
            if (how == Failing.AFTER) {
                throw away();
            }
            return answer;
        }

        @Override
        public void recall(Collection<BucketKey> which) {
            recalls.forEach(gateway -> gateway.accept(Set.copyOf(which)));
        }

        @Override
        public void renew() {}

        @Override
        public int expire() {
            return MemoryBuckets.this.expire();
        }

        private Fault away() {
            return new Fault(Problem.of(Code.DATABASE_UNAVAILABLE, "the database is away"));
        }
    }
}
