package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.Price;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a request.
 *
 * @param attempts as the outcome has them, in order
 * @param price that which was in force when it arrived; nothing where there was none
 */
public record RequestDetail(
        Request request,
        Asked asked,
        Optional<Times> times,
        List<Attempt> attempts,
        List<Line> lines,
        Price price,
        Optional<Guarded> guard) {

    /**
     * What was asked for.
     *
     * @param maxOutput empty: the client set no limit
     * @param gateway that which served it
     * @param bodySha256 lower-case hex digest of the body as it came
     */
    public record Asked(
            String address, long maxInput, Optional<Long> maxOutput, int choices, String gateway, String bodySha256) {}

    /** Where the time went, in milliseconds, summed over the attempts; {@code stepRows} is a mean of the last one. */
    public record Times(double queueMs, double prefillMs, double decodeMs, double stepRows) {}

    /** One dispatch. */
    public record Attempt(
            int attempt,
            String node,
            LedgerLine.Tokens tokens,
            boolean exact,
            double queueMs,
            double prefillMs,
            double decodeMs,
            double stepRows,
            long charge,
            long cost) {}

    /** A line of the ledger. */
    public record Line(
            int attempt,
            String kind,
            String node,
            LedgerLine.Tokens tokens,
            boolean exact,
            boolean due,
            long charge,
            long cost,
            Instant recorded) {}

    /**
     * What the guard did.
     *
     * @param policy its version
     * @param coverage what it looked at, as JSON
     */
    public record Guarded(String policy, Optional<String> rule, Optional<String> coverage) {}

    RequestDetail with(List<Line> booked) {
        return new RequestDetail(request, asked, times, attempts, booked, price, guard);
    }

    RequestDetail with(Price inForce) {
        return new RequestDetail(request, asked, times, attempts, lines, inForce, guard);
    }

    /** What the lines that are due come to of each class of tokens, by the price: classes that were used, then the calls. */
    public List<CostLine> bill() {
        return Bill.of(lines, price);
    }

    /**
     * A class of tokens.
     *
     * @param tokenClass {@code uncached}, {@code cached}, {@code reasoning}, {@code output} or {@code perCall}
     * @param tokens of the class; of {@code perCall} how many calls
     * @param priceNanoPerMillion nano-units of the currency for a million tokens; empty for {@code perCall}
     */
    public record CostLine(String tokenClass, long tokens, Optional<Long> priceNanoPerMillion, long chargeNano) {}
}
