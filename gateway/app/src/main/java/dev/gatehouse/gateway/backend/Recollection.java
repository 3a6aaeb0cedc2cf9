package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.audit.Ticket;

/** What upstreams remember of work whose gateway died. */
public interface Recollection {

    /** Asks every upstream that keeps records; blocks, within bounds. */
    Recalled recall(Ticket ticket);
}
