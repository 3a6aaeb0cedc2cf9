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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 59, 60, 61, 6_000})
    void letsAMinutesRequestsThroughAtOnceAndNotOneMore(int rate) {
        Bucket bucket = new Bucket(rate, 0);
        for (int i = 0; i < rate; i++) {
            assertThat(bucket.until(rate, 0)).isZero();
            bucket.take();
        }
        assertThat(bucket.until(rate, 0)).isEqualTo(Math.ceilDiv(MINUTE, rate));
    }

    /** The longest wait, at any rate and after any history, is neither too long nor too short by a microsecond. */
    @RepeatedTest(50)
    void saysExactlyWhenThereIsRoom(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        int rate = 1 + random.nextInt(1 << 1 + random.nextInt(29));
        Bucket bucket = new Bucket(rate, random.nextLong(-MINUTE, MINUTE));
        long now = MINUTE;
        for (int step = 0; step < 2_000; step++) {
            long wait = bucket.until(rate, now);
            if (wait == 0) {
                bucket.take();
                now += random.nextInt(3) == 0 ? random.nextLong(2 * Math.ceilDiv(MINUTE, rate)) : 0;
            } else {
                assertThat(bucket.until(rate, now + wait - 1)).isEqualTo(1);
                now += wait;
                assertThat(bucket.until(rate, now)).isZero();
            }
        }
    }

    /** In any window of t microseconds at most rate + rate × t / minute requests pass. */
    @RepeatedTest(20)
    void neverLetsMoreThroughThanTwoMinutesHoldInOne(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        int rate = 1 + random.nextInt(200);
        Bucket bucket = new Bucket(rate, 0);
        Deque<Long> passed = new ArrayDeque<>();
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextLong(2 * MINUTE / rate);
            if (bucket.until(rate, now) == 0) {
                bucket.take();
                passed.addLast(now);
            }
            while (!passed.isEmpty() && passed.getFirst() < now - MINUTE) {
                passed.removeFirst();
            }
            assertThat(passed).hasSizeLessThanOrEqualTo(2 * rate);
        }
    }

    /** At a rate that does not divide the minute, a rounded interval would lose or win requests. */
    @Test
    void doesNotDrift() {
        int rate = 7;
        Bucket bucket = new Bucket(rate, 0);
        long now = 0;
        long passed = 0;
        while (now <= 1_000 * MINUTE) {
            long wait = bucket.until(rate, now);
            if (wait == 0) {
                bucket.take();
                passed++;
            }
            now += wait;
        }
        assertThat(passed).isEqualTo(rate + 1_000L * rate);
    }

    @Test
    void doesNotOverflowAtTheHighestRateAfterAYear() {
        Bucket bucket = new Bucket(Bucket.HIGHEST_RATE, Long.MIN_VALUE / 2_000);
        bucket.take();
        assertThat(bucket.until(Bucket.HIGHEST_RATE, Long.MAX_VALUE / 2_000)).isZero();
    }

    @Test
    void takesAnEarlierTimeForTheLatestOne() {
        Bucket bucket = new Bucket(1, 0);
        bucket.take();
        assertThat(bucket.until(1, MINUTE / 2)).isEqualTo(MINUTE / 2);
        assertThat(bucket.until(1, 0)).isEqualTo(MINUTE / 2);
        assertThat(bucket.until(1, MINUTE / 2)).isEqualTo(MINUTE / 2);
    }

    @Test
    void followsARateThatChanges() {
        Bucket bucket = new Bucket(60, 0);
        assertThat(bucket.until(2, 0)).isZero();
        bucket.take();
        bucket.take();
        assertThat(bucket.until(2, 0)).isEqualTo(MINUTE / 2);
        assertThat(bucket.until(60, 0)).isEqualTo(MINUTE / 60);
    }
}
