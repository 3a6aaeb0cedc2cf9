package dev.gatehouse.gateway.quota;

/**
 * A token bucket in integers (the leaky bucket as a meter of ITU-T I.371, turned over): it holds up to a minute's requests, fills evenly, and
 * so lets through at most {@code rate + rate × t} in any t minutes. Not thread-safe.
 *
 * <p>A request weighs {@link #REQUEST} units, which is the number of microseconds in a minute, so that one microsecond brings exactly
 * {@code rate} units: nothing is rounded and nothing drifts. A full bucket of the highest rate is {@code 6 × 10^16} units, within a long.
 */
final class Bucket {

    /** Requests a minute, at most. */
    static final int HIGHEST_RATE = 1_000_000_000;

    private static final long REQUEST = 60_000_000;
    private static final long MINUTE = 60_000_000;

    private long units;
    private long filledAt;

    /** A full bucket. */
    Bucket(int rate, long now) {
        this.units = capacity(rate);
        this.filledAt = now;
    }

    /**
     * How long until there is room for one request, if none other takes it.
     *
     * @param rate requests a minute from now on
     * @param now microseconds; a time before an earlier one counts as that one
     * @return microseconds; 0 when there is room
     */
    long until(int rate, long now) {
        fill(rate, now);
        return units >= REQUEST ? 0 : Math.ceilDiv(REQUEST - units, rate);
    }

    /** Takes one request; only when {@link #until} has just answered 0. */
    void take() {
        units -= REQUEST;
    }

    private void fill(int rate, long now) {
        long passed = Math.clamp(now - filledAt, 0, MINUTE);
        units = Math.min(capacity(rate), units + passed * rate);
        filledAt = Math.max(filledAt, now);
    }

    private static long capacity(int rate) {
        return rate * REQUEST;
    }
}
