package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.vocabulary.NodeName;
import java.time.Instant;
import java.util.Map;

/** What nodes were given to do, over all tenants. */
public interface NodeTraffic {

    /**
     * The requests that arrived since a moment and have ended, by the nodes that they were sent to.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL is away
     */
    Map<NodeName, Load> since(Instant moment);

    /** @param failed of the requests those that failed */
    record Load(long requests, long failed) {

        public static final Load NONE = new Load(0, 0);
    }
}
