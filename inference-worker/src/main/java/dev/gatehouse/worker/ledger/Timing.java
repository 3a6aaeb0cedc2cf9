package dev.gatehouse.worker.ledger;

/**
 * Where the time of an exchange went, in milliseconds, and what it cost.
 *
 * @param queueMs accepted to first step
 * @param prefillMs first step to first token
 * @param decodeMs first token to last
 * @param stepRows mean rows per step
 */
public record Timing(double queueMs, double prefillMs, double decodeMs, double stepRows, Expense expense) {

    public static final Timing NONE = new Timing(0, 0, 0, 0, Expense.NONE);
}
