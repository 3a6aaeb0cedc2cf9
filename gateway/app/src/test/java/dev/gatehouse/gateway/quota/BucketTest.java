package dev.gatehouse.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BucketTest {

    private static final long MINUTE = 60_000_000;
    private static final long HIGHEST = 100_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 59, 60, 61, 6_000})
    void aFlowGivesItsAmountAtOnceAndNotOneMore(long amount) {
        Rule flow = new Rule.Flow(amount, MINUTE);
        Bucket bucket = Bucket.fresh(flow, 0).take(flow, amount).use(flow, amount);
        assertThat(bucket.room(flow)).isZero();
        assertThat(bucket.until(flow, 1)).isEqualTo(Math.ceilDiv(MINUTE, amount));
    }

    /** The longest wait, at any amount and after any history, is neither too long nor too short by a microsecond. */
    @RepeatedTest(50)
    void aFlowSaysExactlyWhenThereIsRoom(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        long amount = 1 + random.nextLong(1L << 1 + random.nextInt(36));
        Rule flow = new Rule.Flow(amount, MINUTE);
        Bucket bucket = Bucket.fresh(flow, 0);
        long now = 0;
        for (int step = 0; step < 2_000; step++) {
            bucket = bucket.filled(flow, now);
            long units = 1 + random.nextLong(amount);
            long wait = bucket.until(flow, units);
            if (wait == 0) {
                bucket = bucket.take(flow, units).use(flow, units);
                now += random.nextInt(3) == 0 ? random.nextLong(MINUTE / 10) : 0;
            } else {
                assertThat(bucket.filled(flow, now + wait - 1).until(flow, units))
                        .isOne();
                now += wait;
                assertThat(bucket.filled(flow, now).until(flow, units)).isZero();
            }
        }
    }

    /** However units are leased, used late, given back, or taken back after use: in no minute more than two minutes' units are used. */
    @RepeatedTest(30)
    void aFlowIsNeverUsedFasterThanItAllows(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        long amount = 1 + random.nextLong(500);
        Rule flow = new Rule.Flow(amount, MINUTE);
        Bucket bucket = Bucket.fresh(flow, 0);
        Deque<long[]> used = new ArrayDeque<>();
        long inWindow = 0;
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextLong(MINUTE / 20);
            bucket = bucket.filled(flow, now);
            switch (random.nextInt(3)) {
                case 0 -> bucket = bucket.take(flow, Math.min(bucket.room(flow), random.nextLong(amount + 1)));
                case 1 -> {
                    long units = Math.min(bucket.leased(), random.nextLong(amount + 1));
                    bucket = bucket.use(flow, units);
                    used.addLast(new long[] {now, units});
                    inWindow += units;
                }
                default -> bucket = bucket.giveBack(flow, Math.min(bucket.leased(), random.nextLong(amount + 1)));
            }
            while (!used.isEmpty() && used.getFirst()[0] <= now - MINUTE) {
                inWindow -= used.removeFirst()[1];
            }
            assertThat(inWindow).isLessThanOrEqualTo(2 * amount);
            assertThat(bucket.level()).isLessThanOrEqualTo((amount - bucket.leased()) * MINUTE);
        }
    }

    /** At an amount that does not divide the minute, a rounded interval would lose or win units. */
    @Test
    void aFlowDoesNotDrift() {
        Rule flow = new Rule.Flow(7, MINUTE);
        Bucket bucket = Bucket.fresh(flow, 0);
        long passed = 0;
        for (long now = 0; now <= 1_000 * MINUTE; now += bucket.until(flow, 1)) {
            bucket = bucket.filled(flow, now);
            if (bucket.room(flow) > 0) {
                bucket = bucket.take(flow, 1).use(flow, 1);
                passed++;
            }
        }
        assertThat(passed).isEqualTo(7 + 7_000);
    }

    @Test
    void aFlowOfTheHighestAmountDoesNotOverflowInAYear() {
        Rule flow = new Rule.Flow(HIGHEST, MINUTE);
        Bucket empty = Bucket.fresh(flow, 0).take(flow, HIGHEST).use(flow, HIGHEST);
        assertThat(empty.filled(flow, 365 * 24 * 60 * MINUTE).room(flow)).isEqualTo(HIGHEST);
    }

    @Test
    void anEarlierTimeCountsAsTheLatestOne() {
        Rule flow = new Rule.Flow(2, MINUTE);
        Bucket bucket = Bucket.fresh(flow, MINUTE).take(flow, 2).use(flow, 2).filled(flow, MINUTE + MINUTE / 4);
        assertThat(bucket.filled(flow, 0).until(flow, 1)).isEqualTo(MINUTE / 4);
    }

    @Test
    void aFlowFollowsAnAmountThatChanges() {
        Rule slow = new Rule.Flow(2, MINUTE);
        Rule fast = new Rule.Flow(60, MINUTE);
        Bucket empty = Bucket.fresh(fast, 0).filled(slow, 0).take(slow, 2).use(slow, 2);
        assertThat(empty.until(slow, 1)).isEqualTo(MINUTE / 2);
        assertThat(empty.until(fast, 1)).isEqualTo(MINUTE / 60);
    }

    @Test
    void whatWasUsedInAFlowAndGivenBackAfterItRefilledIsNotThereTwice() {
        Rule flow = new Rule.Flow(10, MINUTE);
        Bucket refilled = Bucket.fresh(flow, 0).take(flow, 10).use(flow, 10).filled(flow, MINUTE);
        Bucket back = refilled.use(flow, -4);
        assertThat(back.leased()).isEqualTo(4);
        assertThat(back.room(flow)).isEqualTo(6);
    }

    @Test
    void aFlowNeverHasMoreThanItsAmount() {
        Rule flow = new Rule.Flow(10, MINUTE);
        Bucket bucket = Bucket.fresh(flow, 0);
        assertThat(bucket.until(flow, 11)).isEqualTo(Bucket.NEVER);
        assertThat(bucket.excludes(flow, 11)).isTrue();
        assertThat(bucket.excludes(flow, 10)).isFalse();
    }

    /** What is spent and what is leased never exceed the amount, and every unit is somewhere. */
    @RepeatedTest(20)
    void aWindowLosesNothingAndInventsNothing(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        long amount = 1 + random.nextLong(10_000);
        Rule window = new Rule.Window(amount, MINUTE);
        Bucket bucket = Bucket.fresh(window, 0);
        for (int step = 0; step < 5_000; step++) {
            long units = random.nextLong(1 + amount / 10);
            bucket = switch (random.nextInt(3)) {
                case 0 -> bucket.take(window, Math.min(units, bucket.room(window)));
                case 1 -> bucket.use(window, Math.min(units, bucket.leased()));
                default -> bucket.giveBack(window, Math.min(units, bucket.leased()));
            };
            assertThat(bucket.room(window) + bucket.spent() + bucket.leased()).isEqualTo(amount);
            assertThat(bucket.excludes(window, amount - bucket.spent())).isFalse();
            assertThat(bucket.excludes(window, amount - bucket.spent() + 1)).isTrue();
        }
    }

    @Test
    void aWindowOfWhichTooMuchWasUsedHasNoRoomAndNoLess() {
        Rule window = new Rule.Window(10, MINUTE);
        Bucket over = Bucket.fresh(window, 0).take(window, 15).use(window, 15);
        assertThat(over.room(window)).isZero();
        assertThat(over.spent()).isEqualTo(15);
        assertThat(over.untilWhole(window)).isEqualTo(MINUTE);
    }

    @Test
    void whatAGaugeHoldsComesBackWhole() {
        Rule gauge = new Rule.Gauge(3);
        Bucket full = Bucket.fresh(gauge, 0).take(gauge, 3);
        assertThat(full.room(gauge)).isZero();
        assertThat(full.until(gauge, 1)).isEqualTo(Bucket.NEVER);
        assertThat(full.excludes(gauge, 1)).isFalse();
        assertThat(full.giveBack(gauge, 2).room(gauge)).isEqualTo(2);
    }
}
