package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.Optional;

/**
 * Somebody who signs in.
 *
 * @param tenant the only one that the user sees; empty for the whole installation
 * @param password as the encoder wrote it; empty when none was set yet
 */
record User(UserId id, String name, Role role, Optional<TenantId> tenant, Optional<String> password) {

    Actor at(String address) {
        return new Actor(name, role, tenant, address, Optional.of(id));
    }

    @Override
    public String toString() {
        return name + " (" + role + ")";
    }
}
