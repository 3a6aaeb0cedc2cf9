package dev.gatehouse.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param peer what it is compared with in the same run, or null
 * @param ratio the median over the rounds of this figure to the peer's, or null
 */
public record Figure(
        @JsonProperty("figure") String name,
        double value,
        String unit,
        @Nullable String peer,
        @Nullable Double ratio) {

    private static final double PRECISION = 1e3;

    public static Figure of(String name, double value, String unit) {
        return new Figure(name, rounded(value), unit, null, null);
    }

    public Figure against(String peerName, double ratioToPeer) {
        return new Figure(name, value, unit, peerName, rounded(ratioToPeer));
    }

    private static double rounded(double value) {
        return Math.round(value * PRECISION) / PRECISION;
    }
}
