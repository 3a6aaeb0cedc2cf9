package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.util.Optional;

/**
 * Who administers.
 *
 * @param name of the user
 * @param tenant the only one that the user sees and changes; empty for the whole installation
 * @param address where the user calls from
 */
public record Actor(String name, Role role, Optional<TenantId> tenant, String address) {

    /** The gateway itself, at its start. */
    static final Actor GATEWAY = new Actor("gateway", Role.OWNER, Optional.empty(), "");
}
