package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import java.util.Optional;
import java.util.UUID;

/** Asks for access, and decides. As {@link Tenants}; a developer sees its own requests only. */
public interface AccessRequests {

    /**
     * Asks to use models of a project.
     *
     * @param model empty for all
     * @param reason at most 2,000 characters
     * @throws RefusedException {@code MISSING} when there is no such project; {@code EXISTS} when the same is asked already; {@code FORBIDDEN} for
     *     who is no user
     */
    AccessRequest ask(Actor actor, ProjectId project, Optional<ModelName> model, String reason);

    Page<AccessRequest> list(Actor actor, Optional<AccessRequest.State> state, Paging paging);

    /**
     * Grants what was asked for.
     *
     * @param note at most 2,000 characters
     * @throws RefusedException {@code FIXED} when it is decided already, or who asked is gone
     */
    Optional<AccessRequest> approve(Actor actor, UUID id, Optional<String> note);

    /**
     * Declines what was asked for.
     *
     * @param note at most 2,000 characters
     * @throws RefusedException {@code FIXED} when it is decided already
     */
    Optional<AccessRequest> decline(Actor actor, UUID id, Optional<String> note);
}
