package dev.gatehouse.gateway.quota;

import java.util.List;
import java.util.OptionalLong;

/** What a gateway asks of the pool. */
sealed interface Order {

    /** One bucket, by its terms. */
    record Want(Terms terms, long need, long block) {}

    /**
     * Leases all that is needed, or nothing. Where much is left a block comes with it, so that the next requests need not ask: while
     * more than two blocks for each gateway remain.
     */
    record Take(List<Want> wants) implements Order {}

    /**
     * Says what was used, and returns what is not needed.
     *
     * @param used all units ever used here of this bucket: a total, so that it may be said again; empty when this gateway does not know
     *     what it said before
     * @param back units that come back
     */
    record Report(Terms terms, OptionalLong used, long back) implements Order {}
}
