package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that the pool has leased to this gateway, under one lock that is held for some steps of arithmetic and never over I/O. */
final class Leases {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<BucketKey, Lease> byBucket = new HashMap<>();
    private final LongSupplier clock;

    /** @param clock the pool's, microseconds since the epoch */
    Leases(LongSupplier clock) {
        this.clock = clock;
    }

    /** The parts of a new request, which hold nothing yet. */
    List<Part> open(List<Terms> terms) {
        return locked(() -> {
            List<Part> parts = new ArrayList<>(terms.size());
            for (Terms one : terms) {
                Lease lease = byBucket.computeIfAbsent(one.key(), _ -> new Lease(one, now()));
                lease.open(one);
                parts.add(new Part(one, lease));
            }
            return parts;
        });
    }

    /** Holds all of it if all of it is here, else nothing. */
    boolean hold(List<Claim> claims) {
        return locked(() -> {
            if (claims.stream().anyMatch(claim -> claim.missing() > 0)) {
                return false;
            }
            claims.forEach(claim -> claim.part().hold(claim.units(), now()));
            return true;
        });
    }

    /** Holds what is here of it. That does not count as use: else those who are refused again and again would keep it from all others. */
    Split holdWhatIsHere(List<Claim> claims) {
        return locked(() -> {
            List<Claim> here = new ArrayList<>(claims.size());
            List<Claim> rest = new ArrayList<>(claims.size());
            for (Claim claim : claims) {
                long missing = claim.missing();
                here.add(new Claim(claim.part(), claim.units() - missing));
                if (missing > 0) {
                    rest.add(new Claim(claim.part(), missing));
                }
            }
            here.forEach(claim ->
                    claim.part().hold(claim.units(), claim.part().lease().usedAt()));
            return new Split(here, rest);
        });
    }

    /** What of some claims is held already, and what must come from the pool. */
    record Split(List<Claim> here, List<Claim> rest) {}

    /** Lowers what is held. */
    void release(List<Claim> claims) {
        run(() -> claims.forEach(claim -> claim.part().release(claim.units())));
    }

    /** The end of parts that hold nothing. */
    void close(List<Part> parts) {
        run(() -> parts.forEach(part -> part.lease().close()));
    }

    void settle(List<Part> parts, Amounts used) {
        run(() -> parts.forEach(part -> part.settle(used.of(part.measure()))));
    }

    /** Why the claims cannot be met, as far as is known here; empty when that must be asked. */
    Optional<Refusal> refusal(List<Claim> claims) {
        return locked(() -> worst(claims.stream().filter(this::isHopeless)));
    }

    private boolean isHopeless(Claim claim) {
        Lease lease = claim.part().lease();
        long missing = claim.missing();
        return missing > 0 && (lease.excludes(claim.units()) || (lease.isAlone() && missing > lease.room(now())));
    }

    /**
     * Why the pool could not meet the claims.
     *
     * @param lacking the bucket that had no room; it may have some again by now
     */
    Optional<Refusal> refusalOfPool(List<Claim> claims, BucketKey lacking) {
        return locked(() -> worst(claims.stream().filter(claim -> isLacking(claim, lacking))));
    }

    private boolean isLacking(Claim claim, BucketKey lacking) {
        return claim.part().terms().key().equals(lacking)
                || !Refusal.of(claim, now()).isOver();
    }

    private Optional<Refusal> worst(Stream<Claim> claims) {
        return claims.map(claim -> Refusal.of(claim, now())).reduce(Refusal::worse);
    }

    /** Those of the claims' leases that should be filled up before they are empty. */
    List<Lease> toTopUp(List<Claim> claims) {
        return locked(() -> claims.stream()
                .map(claim -> claim.part().lease())
                .filter(lease -> lease.beginTopUp(now()))
                .toList());
    }

    /** How the caller stands, by the tightest of its limits. */
    Standing standing(List<Part> parts) {
        return locked(() -> new Standing(
                tightest(parts, part -> part.measure() == Measure.REQUESTS),
                tightest(parts, part -> part.measure().isTokens())));
    }

    private Optional<Standing.Room> tightest(List<Part> parts, Predicate<Part> kind) {
        return parts.stream()
                .filter(kind)
                .map(part -> part.lease().standing(now()))
                .min(Comparator.comparingLong(Standing.Room::remaining));
    }

    /** Gives back what is free of these buckets with the next reports. */
    void recall(Collection<BucketKey> keys) {
        run(() -> keys.forEach(key -> {
            Lease lease = byBucket.get(key);
            if (lease != null) {
                lease.recall();
            }
        }));
    }

    void recallAll() {
        run(() -> byBucket.values().forEach(Lease::recall));
    }

    /** The next leases of which the pool must hear, at most {@code most}; forgets those that are over. */
    List<Lease> dirty(Duration idle, int most) {
        long idleSince = now() - idle.toNanos() / 1_000;
        return locked(() -> {
            byBucket.values().removeIf(lease -> lease.isForgettable(idleSince));
            return byBucket.values().stream()
                    .filter(lease -> lease.isDirty(idleSince))
                    .limit(most)
                    .toList();
        });
    }

    /** How many buckets have units here, or had some lately. */
    int size() {
        return locked(byBucket::size);
    }

    long now() {
        return clock.getAsLong();
    }

    void run(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
