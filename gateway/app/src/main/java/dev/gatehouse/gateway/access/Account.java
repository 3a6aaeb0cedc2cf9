package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A user as others administer it.
 *
 * @param tenant the only one that the user sees; empty for the whole installation
 * @param lastSeen a minute inexact
 * @param hasPassword whether one was set; until then only a link signs the user in
 */
public record Account(
        UserId id,
        String name,
        Role role,
        Optional<TenantId> tenant,
        Optional<String> tenantName,
        Instant created,
        Optional<Instant> lastSeen,
        boolean hasPassword) {

    Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", name);
        told.put("role", role.wire());
        tenant.ifPresent(some -> told.put("tenant", some.value()));
        return told;
    }
}
