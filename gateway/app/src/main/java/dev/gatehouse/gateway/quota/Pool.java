package dev.gatehouse.gateway.quota;

import java.util.Collection;
import java.util.List;

/**
 * All units of all gateways: what is spent, and what is leased to whom. Seen by one gateway, and for one thread. Every method is one
 * transaction, and throws a {@code DATABASE_UNAVAILABLE} fault when it can not be told whether that took place: the next answer then
 * tells what holds.
 */
interface Pool {

    /** The clock by which windows begin and flows are refilled, microseconds since the epoch. */
    long now();

    /** Carries out all orders in their order, and answers what lies in every bucket that they name. */
    Answer carryOut(List<Order> orders);

    /** Asks all gateways to give back what they hold of these buckets and do not need. */
    void recall(Collection<BucketKey> buckets);

    /** Says that this gateway still lives and uses what it leased. */
    void renew();

    /**
     * Returns to their buckets the leases of gateways that are dead and have an outcome for each of their requests, less what these
     * used. A unit that may have been used does not come back.
     *
     * @return how many leases ended
     */
    int expire();
}
