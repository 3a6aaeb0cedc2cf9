package dev.gatehouse.gateway.quota;

/** How a bucket fills and empties; amounts are units of what its limit counts, times microseconds. */
sealed interface Rule {

    /** The most that fits at once. */
    long amount();

    /** {@code amount} units each {@code period}, refilled evenly; {@code amount * period} is within a long. */
    record Flow(long amount, long period) implements Rule {}

    /** {@code amount} units until {@code end}, microseconds since the epoch; what is left then is worth nothing. */
    record Window(long amount, long end) implements Rule {}

    /** {@code amount} units at a time: what is settled comes back. */
    record Gauge(long amount) implements Rule {}
}
