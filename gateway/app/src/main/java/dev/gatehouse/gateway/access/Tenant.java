package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/**
 * Who owns projects, keys, limits and policies.
 *
 * @param zone by whose calendar its days, months and quarters begin
 */
public record Tenant(TenantId id, String name, ZoneId zone, Instant created) {

    Map<String, Object> told() {
        return Map.of("name", name, "timeZone", zone.getId());
    }
}
