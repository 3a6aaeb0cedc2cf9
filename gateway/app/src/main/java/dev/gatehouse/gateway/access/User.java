package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.Optional;

/**
 * Somebody who signs in.
 *
 * @param tenant the only one that the user sees; empty for the whole installation
 * @param password as the encoder wrote it
 */
record User(String name, Role role, Optional<TenantId> tenant, String password) {

    @Override
    public String toString() {
        return name + " (" + role + ")";
    }
}
