package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;
import java.time.Duration;
import java.util.Optional;

/** Requests as they end. */
public interface LiveRequests {

    /** Most listeners of a gateway at a time. */
    int MOST = 64;

    /**
     * Listens from now on: what ends after this method has returned is told.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault {@code OVERLOADED} when there are too many listeners; {@code SHUTTING_DOWN};
     *     {@code DATABASE_UNAVAILABLE} when PostgreSQL is away
     */
    Listening listen(Actor actor, Requests.Whose whose, Requests.Marks marks);

    /** One listener's requests. One that does not keep up loses the latest ones, and is told how many. */
    interface Listening extends AutoCloseable {

        /** The next request, in the order of their ends, or nothing within the time. */
        Optional<Request> next(Duration wait) throws InterruptedException;

        /** How many were lost since this was last asked. */
        long dropped();

        /** Nothing more will come: the gateway is being stopped. */
        boolean isOver();

        @Override
        void close();
    }
}
