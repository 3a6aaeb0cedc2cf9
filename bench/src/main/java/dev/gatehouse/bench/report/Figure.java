package dev.gatehouse.bench.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param value the median of the rounds
 * @param peer what it is compared with in the same run, or null
 * @param ratio the median over the rounds of this figure to the peer's, or null
 * @param low the lowest round
 * @param high the highest round
 */
public record Figure(
        @JsonProperty("figure") String name,
        double value,
        String unit,
        @Nullable String peer,
        @Nullable Double ratio,
        @JsonIgnore double low,
        @JsonIgnore double high) {

    private static final double PRECISION = 1e3;

    public static Figure of(String name, Series rounds, String unit) {
        return new Figure(
                name, rounded(rounds.median()), unit, null, null, rounded(rounds.low()), rounded(rounds.high()));
    }

    /** A figure that is taken once. */
    public static Figure of(String name, double value, String unit) {
        return of(name, new Series(value), unit);
    }

    public Figure against(String peerName, Series ratios) {
        return new Figure(name, value, unit, peerName, rounded(ratios.median()), low, high);
    }

    private static double rounded(double value) {
        return Math.round(value * PRECISION) / PRECISION;
    }
}
