package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.Map;

/** What a tenant's keys belong to. */
public record Project(ProjectId id, TenantId tenant, String name, Instant created) {

    Map<String, Object> told() {
        return Map.of("name", name);
    }
}
