package dev.gatehouse.bench.report;

import java.util.Arrays;

/**
 * One figure over several rounds.
 *
 * @param values one a round, at least one
 */
public record Series(double... values) {

    public Series {
        if (values.length == 0) {
            throw new IllegalArgumentException("a series needs at least one round");
        }
        values = values.clone();
    }

    public double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double low() {
        return sorted()[0];
    }

    public double high() {
        return sorted()[values.length - 1];
    }

    private double[] sorted() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
