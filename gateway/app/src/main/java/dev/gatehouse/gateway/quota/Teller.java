package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of this gateway that goes to the pool, for all that wait at a time. */
final class Teller implements Counter, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Teller.class);

    private static final int MOST_WAITING = 10_000;
    private static final int MOST_A_ROUND = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration REPORT_EVERY = Duration.ofMillis(250);
    private static final Duration RECALL_EVERY = Duration.ofMillis(200);
    private static final Duration RECALL_TAKES = Duration.ofMillis(50);
    private static final Duration RENEW_EVERY = Duration.ofSeconds(10);
    private static final Duration EXPIRE_EVERY = Duration.ofSeconds(5);
    private static final int LAST_ROUNDS = 100;
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private static final Problem UNREACHED = Problem.later(
            Code.DATABASE_UNAVAILABLE,
            Duration.ofSeconds(1),
            "The gateway cannot tell what this key may still use, as it cannot reach its database. Send the request again.");

    private final Pool pool;
    private final Leases leases;
    private final Errands errands;
    private final BlockingQueue<Ask> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Set<BucketKey> toRecall = ConcurrentHashMap.newKeySet();
    private final Map<BucketKey, Long> recalledAt = new HashMap<>();
    private final Pace renewing = new Pace(RENEW_EVERY);
    private final Pace expiring = new Pace(EXPIRE_EVERY);
    private final Thread thread;
    private volatile boolean closing;

    Teller(Pool pool, Leases leases, QuotaMeters meters, Warnings warnings) {
        this.pool = pool;
        this.leases = leases;
        this.errands = new Errands(pool, leases, meters, warnings);
        this.thread = Thread.ofVirtual().name("quota").unstarted(this::serve);
    }

    void start() {
        thread.start();
    }

    @Override
    public Optional<Refusal> obtain(List<Claim> claims) {
        Ask ask = Ask.of(claims);
        if (closing || !waiting.offer(ask)) {
            throw new Fault(UNREACHED);
        }
        try {
            return ask.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return givenUp(ask, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return givenUp(ask, interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Fault fault ? fault : new Fault(UNREACHED, failed);
        }
    }

    /** An answer that came at the last moment counts: what it brought is held. */
    private static Optional<Refusal> givenUp(Ask ask, Exception why) {
        if (ask.answer().completeExceptionally(why)) {
            throw new Fault(UNREACHED, why);
        }
        return ask.answer().join();
    }

    @Override
    public void topUp(List<Lease> which) {
        if (!waiting.offer(Ask.toTopUp(which))) {
            log.debug("Too many wait for the pool: leases are filled up by those who need them");
        }
    }

    @Override
    public void recall(BucketKey bucket) {
        toRecall.add(bucket);
        topUp(List.of());
        try {
            Thread.sleep(RECALL_TAKES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another gateway needs what is free here. */
    void recalled(Set<BucketKey> buckets) {
        leases.recall(buckets);
        topUp(List.of());
    }

    /** Reports and returns everything that no request holds. */
    @Override
    public void close() {
        closing = true;
        topUp(List.of());
        try {
            if (!thread.join(FAREWELL)) {
                log.warn("The pool was not told all that was used; it is found out when this gateway counts as dead");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        while (!closing) {
            try {
                next();
            } catch (InterruptedException e) {
                log.debug("The teller is only ended by its own close", e);
            } catch (RuntimeException failed) {
                log.warn("The pool of limits was not reached", failed);
            }
        }
        leases.recallAll();
        for (int rounds = 0; errands.round(drained(new ArrayList<>())) && rounds < LAST_ROUNDS; rounds++) {
            log.debug("There is more to report");
        }
    }

    private void next() throws InterruptedException {
        List<Ask> asks = new ArrayList<>();
        Ask first = waiting.poll(REPORT_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            asks.add(first);
        }
        errands.round(drained(asks));
        recallOthers();
        if (renewing.isDue()) {
            pool.renew();
        }
        if (expiring.isDue()) {
            pool.expire();
        }
    }

    private List<Ask> drained(List<Ask> asks) {
        waiting.drainTo(asks, MOST_A_ROUND - asks.size());
        return asks;
    }

    private void recallOthers() {
        long now = System.nanoTime();
        recalledAt.values().removeIf(at -> now - at > RECALL_EVERY.toNanos());
        List<BucketKey> due =
                toRecall.stream().filter(key -> !recalledAt.containsKey(key)).toList();
        if (!due.isEmpty()) {
            toRecall.removeAll(Set.copyOf(due));
            due.forEach(key -> recalledAt.put(key, now));
            pool.recall(due);
        }
    }

    /** Whether it is time again. */
    private static final class Pace {

        private final Duration every;
        private long last = System.nanoTime();

        Pace(Duration every) {
            this.every = every;
        }

        boolean isDue() {
            long now = System.nanoTime();
            if (now - last < every.toNanos()) {
                return false;
            }
            last = now;
            return true;
        }
    }
}
