package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import java.util.List;

/** What was used, summed up; up to a minute late. */
public interface UsageSums {

    /** Most sums of an answer. */
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

    /**
     * A sum.
     *
     * @param group the id, the name or the moment that all of it has in common; hours and days are of UTC
     * @param requests those that were dispatched at least once
     * @param attempts how often they were
     * @param charge what callers owe, in nano-units of the currency
     * @param cost what it cost us, in nano-units of the currency
     */
    record Sum(String group, long requests, long attempts, LedgerLine.Tokens tokens, long charge, long cost) {}

    /**
     * The sums over the hours that begin in the filter's time, the largest charge first, hours and days in their order; at most
     * {@value #MOST}.
     *
     * @param filter its kind is of no meaning here
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL cannot be reached
     */
    List<Sum> by(Actor actor, Grouping by, Requests.Filter filter);
}
