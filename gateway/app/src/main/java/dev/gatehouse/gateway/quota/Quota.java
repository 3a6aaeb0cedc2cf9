package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Caller;

/** Who may still spend. */
public interface Quota {

    /**
     * Reserves for a request, at every level that limits the caller, or at none. Mostly answers from memory; where the units leased to
     * this gateway do not suffice, it waits for the pool, for some seconds at most.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when only the pool could tell, and cannot be reached
     */
    Admission admit(Caller caller, Demand demand);
}
