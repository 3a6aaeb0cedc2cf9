package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.Optional;

/**
 * Somebody who signs in.
 *
 * @param id empty before it is stored
 * @param tenant the only one that the user sees; empty for the whole installation
 * @param password as the encoder wrote it
 */
record User(Optional<UserId> id, String name, Role role, Optional<TenantId> tenant, String password) {

    /** One that is not stored yet. */
    User(String name, Role role, Optional<TenantId> tenant, String password) {
        this(Optional.empty(), name, role, tenant, password);
    }

    @Override
    public String toString() {
        return name + " (" + role + ")";
    }
}
