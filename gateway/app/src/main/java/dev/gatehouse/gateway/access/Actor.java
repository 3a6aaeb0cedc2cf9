package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Who administers.
 *
 * @param name of the user
 * @param tenant the only one that the user sees and changes; empty for the whole installation
 * @param address where the user calls from
 * @param user empty for an act of the gateway itself
 */
public record Actor(String name, Role role, Optional<TenantId> tenant, String address, Optional<UserId> user) {

    /** The gateway itself, at its start. */
    static final Actor GATEWAY = new Actor("gateway", Role.OWNER, Optional.empty(), "");

    /** One that is no stored user. */
    public Actor(String name, Role role, Optional<TenantId> tenant, String address) {
        this(name, role, tenant, address, Optional.empty());
    }

    /** The actor as the principal of a request, with the scopes of its role. */
    public UsernamePasswordAuthenticationToken authentication() {
        return UsernamePasswordAuthenticationToken.authenticated(
                this,
                null,
                role.scopes().stream()
                        .map(scope -> new SimpleGrantedAuthority(scope.name()))
                        .toList());
    }
}
