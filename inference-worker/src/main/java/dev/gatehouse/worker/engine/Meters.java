package dev.gatehouse.worker.engine;

/**
 * Where the time of an exchange went, in milliseconds, and what it cost.
 *
 * @param queueMs accepted to first step
 * @param prefillMs first step to first token
 * @param decodeMs first token to last
 * @param stepRows mean number of sequences over the steps that this exchange took part in; 1 when it was alone
 */
public record Meters(double queueMs, double prefillMs, double decodeMs, double stepRows, Cost cost) {

    public static final Meters NONE = new Meters(0, 0, 0, 0, Cost.NONE);
}
