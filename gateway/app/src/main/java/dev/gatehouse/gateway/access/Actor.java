package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.Optional;

/**
 * Who administers.
 *
 * @param name of the user
 * @param tenant the only one that the user sees and changes; empty for the whole installation
 * @param address where the user calls from
 * @param user empty for the gateway itself
 */
public record Actor(String name, Role role, Optional<TenantId> tenant, String address, Optional<UserId> user) {

    /** The gateway itself, at its start. */
    static final Actor GATEWAY = new Actor("gateway", Role.OWNER, Optional.empty(), "");

    /** Somebody who is no user. */
    public Actor(String name, Role role, Optional<TenantId> tenant, String address) {
        this(name, role, tenant, address, Optional.empty());
    }

    /** Whether it sees and changes only keys that it owns, and what was done with them. */
    public boolean seesOwnKeysOnly() {
        return role == Role.DEVELOPER;
    }

    /** Whether it may use models at all: in the playground, or with keys that it makes. */
    public boolean usesModels() {
        return role.scopes().contains(Scope.PLAYGROUND);
    }
}
