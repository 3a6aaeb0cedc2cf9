package dev.gatehouse.gateway.access;

import java.util.Optional;

/** Where users are kept. Throws a fault when the database is away. */
interface UserStore {

    Optional<User> find(String name);

    /** Adds a user, or gives the one of that name this password and leaves the rest as it is. */
    void put(User user);
}
