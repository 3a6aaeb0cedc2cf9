package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.util.Optional;

/** Where users are kept. Throws a fault when the database is away. */
interface UserStore {

    Optional<User> find(String name);

    /**
     * Adds a user, or gives the one of that name this password, which ends its sessions, and leaves the rest as it is.
     *
     * @param password as the encoder wrote it
     */
    void put(String name, Role role, Optional<TenantId> tenant, String password);

    /** Notes that the user has signed in; a minute inexact. */
    void seen(UserId user);
}
