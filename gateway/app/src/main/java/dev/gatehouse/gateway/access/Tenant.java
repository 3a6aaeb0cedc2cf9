package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.Map;

/** Who owns projects, keys, limits and policies. */
public record Tenant(TenantId id, String name, Instant created) {

    Map<String, Object> told() {
        return Map.of("name", name);
    }
}
