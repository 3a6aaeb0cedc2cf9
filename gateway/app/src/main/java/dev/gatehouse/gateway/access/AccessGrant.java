package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A user may make keys for models of a project.
 *
 * @param granteeName empty where the reader does not see the user
 * @param model empty for all
 * @param by the name of the user who granted it last
 * @param at when
 */
public record AccessGrant(
        UUID id,
        TenantId tenant,
        ProjectId project,
        String projectName,
        UserId grantee,
        Optional<String> granteeName,
        Optional<ModelName> model,
        String by,
        Instant at) {

    /** For the record of acts. */
    Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("project", project.value().toString());
        model.ifPresent(name -> told.put("model", name.value()));
        told.put("grantee", granteeName.orElseGet(() -> grantee.value().toString()));
        told.put("by", by);
        return told;
    }
}
