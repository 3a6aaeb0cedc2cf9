package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.Optional;

/** Administers projects. As {@link Tenants}. */
public interface Projects {

    /**
     * Makes a project.
     *
     * @param name 1 to 200 characters
     * @throws RefusedException {@code EXISTS} when the tenant has one of that name; {@code MISSING} when there is no such tenant
     */
    Project create(Actor actor, TenantId tenant, String name);

    Optional<Project> find(Actor actor, ProjectId id);

    /** @param name what names contain, in any case; empty for all */
    Page<Project> list(Actor actor, Optional<TenantId> tenant, Optional<String> name, Paging paging);

    /**
     * Renames a project.
     *
     * @throws RefusedException {@code EXISTS} when the tenant has one of that name
     */
    Optional<Project> rename(Actor actor, ProjectId id, String name);
}
