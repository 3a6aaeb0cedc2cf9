package dev.gatehouse.gateway.metering;

import dev.gatehouse.gateway.access.Actor;

/** How far an installation, or a tenant, has come on its way to the first answer. */
public interface FirstSteps {

    /** @throws dev.gatehouse.gateway.vocabulary.Fault {@code DATABASE_UNAVAILABLE} when PostgreSQL is away */
    FirstRun of(Actor actor);

    /**
     * What is done.
     *
     * @param modelReady a node is ready
     * @param keyMade there is a key that is not over
     * @param requestSeen a request has ended
     */
    record FirstRun(boolean modelReady, boolean keyMade, boolean requestSeen) {}
}
