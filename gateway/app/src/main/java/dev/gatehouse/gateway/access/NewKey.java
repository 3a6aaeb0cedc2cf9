package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.time.Instant;
import java.util.Optional;

/** A key to be stored; its secret is not part of it. */
record NewKey(
        TenantId tenant,
        ProjectId project,
        String name,
        NewSecret secret,
        Optional<Instant> expires,
        KeyScope scope,
        Optional<Owner> owner) {

    /** A key that is the tenant's. */
    NewKey(
            TenantId tenant,
            ProjectId project,
            String name,
            NewSecret secret,
            Optional<Instant> expires,
            KeyScope scope) {
        this(tenant, project, name, secret, expires, scope, Optional.empty());
    }
}
