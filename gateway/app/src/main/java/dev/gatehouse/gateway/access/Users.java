package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.Optional;

/**
 * Administers users. As {@link Tenants}. An owner of a tenant sees and changes that tenant's users alone. What is changed is in force at the
 * user's next request, on all gateways.
 */
public interface Users {

    /**
     * A new user.
     *
     * @param link by which it signs in at first, to set a password
     */
    record Invited(Account user, Sessions.Link link) {}

    /** @param name what names contain, in any case; empty for all */
    Page<Account> list(Actor actor, Optional<TenantId> tenant, Optional<String> name, Paging paging);

    Optional<Account> find(Actor actor, UserId id);

    /**
     * Makes a user without a password.
     *
     * @param name 1 to 100 lower-case letters, digits and {@code ._@+-}
     * @param tenant empty for one of the whole installation
     * @throws RefusedException {@code EXISTS} when there is one of that name; {@code MISSING} when there is no such tenant; {@code FORBIDDEN}
     *     when a tenant's user makes one of the whole installation
     */
    Invited create(Actor actor, String name, Role role, Optional<TenantId> tenant);

    /**
     * Gives the user another role.
     *
     * @throws RefusedException {@code FIXED} when nobody would own the installation any more
     */
    Optional<Account> change(Actor actor, UserId id, Role role);

    /**
     * Deletes the user, whose sessions end.
     *
     * @return as it was
     * @throws RefusedException {@code FIXED} when nobody would own the installation any more
     */
    Optional<Account> delete(Actor actor, UserId id);

    /** Makes a link by which the user signs in once, and may set a password without giving the old one. */
    Optional<Sessions.Link> link(Actor actor, UserId id);
}
