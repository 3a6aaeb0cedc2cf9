package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Charge;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Price;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Three gateways and one pool, in a random order of admit, narrow, more, settle, time, reports, lost transactions and deaths. After every
 * step nothing exceeds its limit; at the end every unit is where it belongs.
 */
final class QuotaStateMachineTest {

    private static final int STEPS = 1_500;
    private static final Price PRICE = new Price(20, 5, 40, 30, 1_000);
    private static final Price CHEAPER = new Price(10, 5, 20, 15, 400);

    private final Random random = new Random();
    private long now = Sample.NOW;
    private final MemoryBuckets buckets = new MemoryBuckets(() -> now);
    private final List<Terms> limits = new ArrayList<>();
    private final List<Gateway> gateways = new ArrayList<>();
    private LimitBook book = new LimitBook(List.of(), Sample.ANY_RATE);
    private int started;

    /** What all requests that ever ended used, of limits that do not refill. */
    private final Map<BucketKey, Long> spent = new HashMap<>();

    /** An open request and what the test knows of it. */
    private final class Open {
        private final Reservation reservation;
        private final Bound bound;
        private Price price = PRICE;

        Open(Reservation reservation, Bound bound) {
            this.reservation = reservation;
            this.bound = bound;
        }

        long held(Measure measure) {
            long input = bound.maxInput();
            long output = reservation.granted();
            return new Amounts(1, input, output, 1, price.most(input, output)).of(measure);
        }
    }

    private final class Gateway {
        private final int start = ++started;
        private final TestGateway quota = TestGateway.of(buckets, start, () -> now, book);
        private final List<Open> open = new ArrayList<>();
        private final Map<BucketKey, Long> used = new HashMap<>();
        private boolean dead;
    }

    @RepeatedTest(40)
    void nothingIsSpentTwiceAndNothingIsLost(RepetitionInfo round) {
        random.setSeed(round.getCurrentRepetition());
        setUp();
        for (int step = 0; step < STEPS; step++) {
            try {
                act();
            } catch (Fault away) {
                assertThat(away).hasMessageContaining("away");
            }
            assertNothingExceedsItsLimit(step);
        }
        settleEverything();
        assertEveryUnitIsWhereItBelongs();
    }

    private void setUp() {
        List<Limit> all = List.of(
                Sample.limit(1, Measure.REQUESTS, Period.MINUTE, 20 + random.nextInt(200)),
                Sample.limit(2, Measure.TOTAL_TOKENS, Period.HOUR, 20_000 + random.nextInt(200_000)),
                Sample.limit(3, Measure.OUTPUT_TOKENS, Period.DAY, 50_000 + random.nextInt(200_000)),
                Sample.limit(4, Measure.CHARGE, Period.MONTH, 1_000_000 + random.nextInt(5_000_000)),
                Sample.limit(5, Measure.STREAMS, Period.NONE, 3 + random.nextInt(40)));
        all.forEach(limit -> limits.add(limit.at(now)));
        book = new LimitBook(all, Sample.ANY_RATE);
        for (int i = 0; i < 3; i++) {
            gateways.add(new Gateway());
        }
    }

    private void act() {
        Gateway at = gateways.get(random.nextInt(gateways.size()));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> admit(at);
            case 8, 9, 10 -> more(at);
            case 11, 12, 13, 14 -> settle(at);
            case 15 -> narrow(at);
            case 16 -> at.quota.tick();
            case 17 -> now += random.nextLong(5 * Sample.SECOND);
            case 18 -> lose(at);
            default -> die(at);
        }
    }

    private void admit(Gateway at) {
        Bound bound = new Bound(1 + random.nextInt(800), 1 + random.nextInt(2_000), 1);
        if (at.quota.admit(bound, PRICE) instanceof Admission.Admitted admitted) {
            at.open.add(new Open(admitted.held(), bound));
        }
    }

    private void more(Gateway at) {
        if (!at.open.isEmpty()) {
            any(at).reservation.more(1 + random.nextInt(300));
        }
    }

    private void narrow(Gateway at) {
        if (!at.open.isEmpty()) {
            Open one = any(at);
            one.reservation.narrow(CHEAPER);
            one.price = CHEAPER;
        }
    }

    private void settle(Gateway at) {
        if (!at.open.isEmpty()) {
            Open one = any(at);
            at.open.remove(one);
            Charge charge = charge(one);
            one.reservation.settle(List.of(charge));
            one.reservation.settle(List.of(charge));
            count(at, charge);
        }
    }

    private Charge charge(Open one) {
        long prompt = random.nextLong(one.bound.maxInput() + 1);
        long cached = random.nextLong(prompt + 1);
        long completion = random.nextLong(one.reservation.granted() + 1);
        long reasoning = random.nextLong(completion + 1);
        Usage usage = new Usage(prompt, cached, completion, reasoning, Meters.NONE, true);
        return new Charge(1, usage, one.price, 0, random.nextInt(5) > 0);
    }

    private void count(Gateway at, Charge charge) {
        Usage usage = charge.due() ? charge.usage() : Usage.NONE;
        Amounts amounts = new Amounts(1, usage.prompt(), usage.completion(), 0, charge.nano());
        for (Terms limit : limits) {
            spent.merge(limit.key(), amounts.of(limit.limit().measure()), Long::sum);
            at.used.merge(limit.key(), amounts.of(limit.limit().measure()), Long::sum);
        }
    }

    /** The next transaction fails, and the gateway is not told whether it took place. */
    private void lose(Gateway at) {
        ((MemoryBuckets.MemoryPool) at.quota.pool).next =
                random.nextBoolean() ? MemoryBuckets.Failing.BEFORE : MemoryBuckets.Failing.AFTER;
    }

    /** Its open requests end elsewhere, and their use is found out before its leases come back; it itself may still report. */
    private void die(Gateway at) {
        if (random.nextInt(5) > 0 || at.dead) {
            return;
        }
        at.dead = true;
        for (Open one : at.open) {
            count(at, charge(one));
        }
        buckets.bury(at.start, at.used);
        gateways.set(gateways.indexOf(at), new Gateway());
        if (random.nextBoolean()) {
            gateways.getFirst().quota.pool.expire();
        }
    }

    private void assertNothingExceedsItsLimit(int step) {
        for (Terms limit : limits) {
            Bucket bucket = buckets.buckets.getOrDefault(limit.key(), Bucket.fresh(limit.rule(), now));
            assertThat(bucket.leased()).as("step %d %s", step, limit).isEqualTo(buckets.leased(limit.key()));
            assertThat(bucket.spent() + bucket.leased())
                    .as("step %d %s", step, limit)
                    .isLessThanOrEqualTo(limit.rule().amount());
            assertThat(bucket.level()).isNotNegative();
            if (limit.rule() instanceof Rule.Window) {
                assertThat(spent.getOrDefault(limit.key(), 0L) + held(limit))
                        .as("step %d %s", step, limit)
                        .isLessThanOrEqualTo(limit.rule().amount());
            }
            if (limit.rule() instanceof Rule.Gauge) {
                assertThat(held(limit)).isLessThanOrEqualTo(limit.rule().amount());
            }
        }
    }

    private long held(Terms limit) {
        return gateways.stream()
                .flatMap(gateway -> gateway.open.stream())
                .mapToLong(one -> one.held(limit.limit().measure()))
                .sum();
    }

    private void settleEverything() {
        for (Gateway at : gateways) {
            ((MemoryBuckets.MemoryPool) at.quota.pool).next = MemoryBuckets.Failing.NOT;
            while (!at.open.isEmpty()) {
                settle(at);
            }
            at.quota.tick();
            at.quota.leases.recallAll();
            at.quota.tick();
            assertThat(at.quota.meters.open()).isZero();
        }
        gateways.getFirst().quota.pool.expire();
    }

    private void assertEveryUnitIsWhereItBelongs() {
        for (Terms limit : limits) {
            Bucket bucket = buckets.bucket(limit.key());
            assertThat(bucket.leased()).as("%s", limit).isZero();
            if (limit.rule() instanceof Rule.Window) {
                assertThat(bucket.spent()).as("%s", limit).isEqualTo(spent.getOrDefault(limit.key(), 0L));
            }
        }
    }

    private Open any(Gateway at) {
        return at.open.get(random.nextInt(at.open.size()));
    }
}
