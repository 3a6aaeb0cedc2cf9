package dev.gatehouse.gateway.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A time in parts of one length, which begin at multiples of it since the epoch; the first begins before the time or with it.
 *
 * @param first the beginning of the first part, in seconds since the epoch
 */
record Buckets(long first, long seconds, int count) {

    /** The most parts that a time can be divided into. */
    static final int MOST = 1_000;

    private static final long[] LENGTHS = {
        1,
        2,
        5,
        10,
        15,
        30,
        60,
        120,
        300,
        600,
        900,
        1_800,
        3_600,
        7_200,
        10_800,
        14_400,
        21_600,
        43_200,
        86_400,
        172_800,
        604_800,
        2_419_200,
        31_449_600
    };

    /**
     * The shortest usual parts of which so many are enough, or one more where they do not begin with the time.
     *
     * @param least the shortest that will do
     * @throws IllegalArgumentException when the number is not 1 to {@value #MOST}
     */
    static Buckets of(Instant from, Instant until, int number, Duration least) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException("must be 1 to " + MOST);
        }
        double wanted = (double) Duration.between(from, until).toMillis() / 1_000 / number;
        long seconds = LongStream.of(LENGTHS)
                .filter(length -> length >= least.toSeconds() && length >= wanted)
                .findFirst()
                .orElse(LENGTHS[LENGTHS.length - 1]);
        long first = Math.floorDiv(from.getEpochSecond(), seconds) * seconds;
        long span = Math.ceilDiv(until.toEpochMilli() - first * 1_000, seconds * 1_000);
        return new Buckets(first, seconds, Math.toIntExact(span));
    }

    /** When each part begins. */
    List<Instant> begins() {
        return LongStream.range(0, count)
                .mapToObj(number -> Instant.ofEpochSecond(first + number * seconds))
                .toList();
    }
}
