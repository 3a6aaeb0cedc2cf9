package dev.gatehouse.bench.load;

import java.util.Arrays;

/** Measured values, all kept. Not thread-safe: one thread adds, and whoever reads does so after it has ended. */
public final class Samples {

    private long[] values = new long[1_024];
    private int count;

    public void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    public int count() {
        return count;
    }

    /**
     * The smallest value that at least {@code share} of all values do not exceed (nearest rank).
     *
     * @param share above 0, at most 1
     * @throws IllegalStateException if there are no values
     */
    public long percentile(double share) {
        if (count == 0) {
            throw new IllegalStateException("no samples were taken");
        }
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return sorted[Math.clamp(rank - 1, 0, count - 1)];
    }

    /** How many values are at least {@code bound}. */
    public int atLeast(long bound) {
        return (int)
                Arrays.stream(values, 0, count).filter(value -> value >= bound).count();
    }
}
