package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was used, summed up; up to a minute late. */
public interface UsageSums {

    /** Most sums of a part. */
    int MOST = 1_000;

    /** By what to sum. */
    enum Grouping {
        TENANT,
        PROJECT,
        KEY,
        MODEL,
        HOUR,
        DAY
    }

    /** By which time to divide each sum further. */
    enum Over {
        HOUR,
        DAY
    }

    /**
     * A sum.
     *
     * @param group the id, the name or the moment that all of it has in common; hours and days are of UTC
     * @param label the name of what the id is of; empty where there is none
     * @param at the hour or day, where sums are divided by that
     * @param requests those that were dispatched at least once
     * @param attempts how often they were
     * @param charge what callers owe, in nano-units of the currency
     * @param cost what it cost us, in nano-units of the currency
     */
    record Sum(
            String group,
            Optional<String> label,
            Optional<String> at,
            long requests,
            long attempts,
            LedgerLine.Tokens tokens,
            long charge,
            long cost) {}

    /**
     * Some of the sums.
     *
     * @param next what {@link Wanted#after} must be for those that follow; empty at the end
     * @param total over all of them, also those that are not here
     */
    record Part(List<Sum> items, Optional<String> next, Sum total) {}

    /** Which hours are summed up. */
    sealed interface Time {

        /** Those that begin from a moment, included, until another, excluded. */
        record Span(Instant from, Instant until) implements Time {}

        /** Those of the month that a moment is in up to that moment, by the calendar of each tenant, as budgets count them. */
        record Month(Instant now) implements Time {}
    }

    /**
     * Which sums are wanted.
     *
     * @param after where the part before has ended; empty to begin
     * @param limit most sums, 1 to {@value #MOST}
     */
    record Wanted(
            Grouping by, Optional<Over> over, Requests.Whose whose, Time time, Optional<String> after, int limit) {

        public Wanted {
            if (limit < 1 || limit > MOST) {
                throw new IllegalArgumentException("limit must be 1 to " + MOST);
            }
        }
    }

    /**
     * The largest charge first; hours and days, and what is divided by them, in the order of time.
     *
     * @throws IllegalArgumentException when {@code after} is of no part before
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL cannot be reached
     */
    Part by(Actor actor, Wanted wanted);
}
