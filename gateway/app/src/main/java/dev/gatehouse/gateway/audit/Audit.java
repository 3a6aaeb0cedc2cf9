package dev.gatehouse.gateway.audit;

import java.time.Duration;
import java.util.List;

/** What happened and who did it. Append only, and closed on failure. */
public interface Audit {

    /**
     * Queues an intent; it becomes durable while the caller goes on.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the queue is full
     */
    Pending intend(Intent intent);

    /**
     * Queues an outcome and waits until it is durable. A request has one outcome: a second one is ignored. An outcome that is not
     * durable in time stays queued and is written once the database is back.
     *
     * @return whether it became durable within the deadline
     */
    boolean conclude(Outcome outcome, Duration deadline);

    /** Intents that a dead gateway left without an outcome, oldest first; at most 1,000 at a time. Blocks on the database. */
    List<Orphan> orphans();
}
