package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A user asks to use models of a project.
 *
 * @param model empty for all
 * @param decision empty while it is open
 */
public record AccessRequest(
        UUID id,
        TenantId tenant,
        ProjectId project,
        String projectName,
        Optional<ModelName> model,
        Owner asker,
        String reason,
        State state,
        Instant created,
        Optional<Decision> decision) {

    public enum State {
        OPEN,
        APPROVED,
        DECLINED
    }

    /** @param by the name of the user who decided */
    public record Decision(Instant at, String by, Optional<String> note) {}

    /** For the record of acts. */
    Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("project", project.value().toString());
        model.ifPresent(name -> told.put("model", name.value()));
        told.put("asker", asker.name());
        told.put("reason", reason);
        told.put("state", state.name());
        decision.flatMap(Decision::note).ifPresent(note -> told.put("note", note));
        return told;
    }
}
