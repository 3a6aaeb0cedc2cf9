package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A limit as administrators see it.
 *
 * @param tenant whose it is; empty for the organisation's
 * @param overrides those that are not over, the one made last at the end
 */
public record StoredLimit(
        Limit limit, Optional<TenantId> tenant, Instant created, List<Temporary> overrides, LimitState state) {

    /** An override with its id. */
    public record Temporary(UUID id, Limit.Override what) {}
}
