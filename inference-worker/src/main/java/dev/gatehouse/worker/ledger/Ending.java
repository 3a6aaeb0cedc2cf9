package dev.gatehouse.worker.ledger;

/**
 * How an exchange ended.
 *
 * @param at milliseconds since the epoch; for {@link Reason#DIED} when the node came back
 */
public record Ending(Reason reason, long at, Timing timing) {}
