package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Requests counted over time. A time of few requests is read request by request; a longer one by the sums of its hours, which are up to a minute
 * late and count the hours that begin in it. Every method throws a {@code DATABASE_UNAVAILABLE} fault when PostgreSQL is away.
 */
public interface Traffic {

    /**
     * How requests ended, for each part of a time.
     *
     * @param most parts, or one more
     * @throws IllegalArgumentException when that is not 1 to 1,000
     */
    Histogram histogram(Actor actor, Requests.Filter filter, int most);

    /** The same parts of a time with what they used and how fast they were. */
    Series series(Actor actor, Requests.Whose whose, Instant from, Instant until, int most);

    /** A whole time in few numbers. */
    Summary summary(Actor actor, Requests.Whose whose, Instant from, Instant until);

    /** How many there were, and how many failed. */
    Counts counts(Actor actor, Requests.Whose whose, Instant from, Instant until);

    /** Requests that did not go well, by how they ended and why, the most frequent first. */
    List<Failure> failures(Actor actor, Requests.Whose whose, Instant from, Instant until);

    record Histogram(long bucketSeconds, List<HistogramBucket> buckets) {}

    /**
     * How the requests that arrived in a part of a time ended.
     *
     * @param other after a crash of a gateway
     */
    record HistogramBucket(Instant at, long completed, long refused, long cut, long left, long failed, long other) {

        long every() {
            return completed + refused + cut + left + failed + other;
        }
    }

    record Series(long bucketSeconds, List<SeriesPoint> buckets) {}

    /**
     * A part of a time.
     *
     * @param firstTokenP50Ms half of those that had a first token had it by then; empty when none had
     * @param chargeNano what callers owe, in nano-units of the currency
     * @param costNano what it cost us, in nano-units of the currency
     */
    record SeriesPoint(
            Instant at,
            long requests,
            long failed,
            Optional<Double> firstTokenP50Ms,
            Optional<Double> firstTokenP95Ms,
            long outputTokens,
            long chargeNano,
            long costNano) {}

    record Counts(long requests, long failed) {}

    /** @param outputTokensPerSecond over the last five minutes of the time, of the requests that ended then */
    record Summary(
            long requests,
            long failed,
            Optional<Double> firstTokenP50Ms,
            Optional<Double> firstTokenP95Ms,
            long outputTokens,
            double outputTokensPerSecond) {}

    /**
     * Requests that ended in the same way.
     *
     * @param last when the last of them arrived
     * @param example the last of them
     */
    record Failure(String kind, Optional<String> code, long count, Instant last, UUID example) {}
}
