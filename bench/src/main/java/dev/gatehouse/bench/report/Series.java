package dev.gatehouse.bench.report;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * One figure over several rounds. Two series of the same rounds are combined round by round, so that what disturbed the
 * machine in a round disturbs both sides.
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

    public Series over(Series other) {
        return combine(other, (mine, theirs) -> mine / theirs);
    }

    public Series minus(Series other) {
        return combine(other, (mine, theirs) -> mine - theirs);
    }

    public Series per(int parts) {
        return new Series(Arrays.stream(values).map(value -> value / parts).toArray());
    }

    private Series combine(Series other, DoubleBinaryOperator operator) {
        if (values.length != other.values.length) {
            throw new IllegalArgumentException(
                    "series of %d and %d rounds".formatted(values.length, other.values.length));
        }
        return new Series(IntStream.range(0, values.length)
                .mapToDouble(i -> operator.applyAsDouble(values[i], other.values[i]))
                .toArray());
    }

    private double[] sorted() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
