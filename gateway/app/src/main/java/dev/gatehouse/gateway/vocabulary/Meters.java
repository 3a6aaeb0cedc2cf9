package dev.gatehouse.gateway.vocabulary;

/**
 * Where an upstream spent an exchange's time, in milliseconds.
 *
 * @param stepRows mean number of sequences that shared its decode steps
 */
public record Meters(double queueMs, double prefillMs, double decodeMs, double stepRows) {

    public static final Meters NONE = new Meters(0, 0, 0, 0);
}
