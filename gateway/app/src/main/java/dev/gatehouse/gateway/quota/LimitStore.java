package dev.gatehouse.gateway.quota;

import java.util.List;

/** Where limits are kept. */
interface LimitStore {

    /** All limits; throws a {@code DATABASE_UNAVAILABLE} fault when the database is away. */
    List<Limit> all();
}
