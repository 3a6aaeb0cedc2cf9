package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Where keys are kept. Every method is one round trip or one transaction, and throws an unchecked exception when the database is away. */
interface KeyStore {

    /** Those of the digests that a key has; at most {@link KeyBatches#BATCH} keys' digests at a time. */
    Map<KeyDigest, KeyRecord> find(Collection<KeyDigest> digests);

    /**
     * Adds the key unless one with its digest exists.
     *
     * @return its identity if it was added
     */
    Optional<KeyId> add(NewKey key);

    /** Notes when keys were last used. */
    void used(Map<KeyId, Instant> times);

    /** The tenant of that name, made if it is missing. */
    TenantId tenant(String name);

    /** The tenant's project of that name, made if it is missing. */
    ProjectId project(TenantId tenant, String name);
}
