package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Where requests that end are seen. Every method throws a {@code DATABASE_UNAVAILABLE} fault when PostgreSQL is away. */
interface LiveSource {

    /** The requests whose outcome was recorded within a time up to now, the latest recorded ones; at most so many. */
    Set<UUID> recorded(Duration window, int most);

    /** Those of the requests that a user sees, in the order of arrival. */
    List<Request> seenBy(Actor actor, Collection<UUID> requests);
}
