package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.audit.Ticket;

/** What upstreams remember of work whose gateway died. */
public interface Recollection {

    /**
     * Begins to ask the upstreams that are known now.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault when it can not be told which there are, as the database is away
     */
    Inquiry inquire();

    /** A round of questions, for one thread; an upstream that leaves one unanswered is asked no more in this round. */
    interface Inquiry {

        /** Asks every upstream that keeps records; blocks, within bounds. */
        Recalled recall(Ticket ticket);
    }
}
