package dev.gatehouse.bench.load;

import java.util.Random;

/**
 * When the requests of an open loop are due.
 *
 * @param offsets nanoseconds from the start, ascending
 */
public record Schedule(long... offsets) {

    private static final double SECOND = 1e9;

    /** Independent arrivals (a Poisson process); the same seed gives the same schedule. */
    public static Schedule poisson(double perSecond, double seconds, long seed) {
        Random random = new Random(seed);
        long[] offsets = new long[(int) Math.max(1, Math.round(perSecond * seconds))];
        double at = 0;
        for (int i = 0; i < offsets.length; i++) {
            at += -Math.log(1 - random.nextDouble()) / perSecond * SECOND;
            offsets[i] = Math.round(at);
        }
        return new Schedule(offsets);
    }
}
