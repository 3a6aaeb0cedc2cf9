package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import java.util.Optional;

/** The keys on which is booked what users ask from the console. */
interface ConsoleKeys {

    /**
     * The user as a caller: its console key in a project, which is made where it is missing, and what it may use there.
     *
     * @param project empty: the only one that the user may use
     * @throws KeyRefusedException when there is no such project, or the user may not use it
     */
    Caller caller(Actor actor, Optional<ProjectId> project);
}
