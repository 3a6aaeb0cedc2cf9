package dev.gatehouse.gateway.quota;

import java.util.List;
import java.util.Optional;

/** Where requests are served that the leases here do not suffice for. */
interface Counter {

    /**
     * Holds the claims with what the pool leases for them; blocks, within bounds.
     *
     * @return why they cannot be met; empty when they are held
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the pool cannot be reached
     */
    Optional<Refusal> obtain(List<Claim> claims);

    /** Fills leases up, at some time soon. */
    void topUp(List<Lease> leases);

    /** Has other gateways give back what they do not need of a bucket, and waits a moment for it. */
    void recall(BucketKey bucket);
}
