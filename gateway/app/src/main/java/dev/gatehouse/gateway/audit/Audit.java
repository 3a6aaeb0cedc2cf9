package dev.gatehouse.gateway.audit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What happened and who did it. Append only, and closed on failure. */
public interface Audit {

    /**
     * Queues an intent; it becomes durable while the caller goes on. An intent that fails, here or in {@link Pending#await}, needs no
     * outcome: if it should come to the disk all the same, this room closes it as not dispatched.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the queue is full, the database is away or the gateway is being stopped
     */
    Pending intend(Intent intent);

    /**
     * Queues an outcome. A request has one outcome: a second one is ignored. An outcome that is not durable in time stays queued and is
     * written once the database is back; a completed or cut one then as failed and free of charge, because the caller has to withhold
     * the answer, unless it was on its way already. An outcome of an intent that failed is not written; one of another gateway's intent
     * is, if its kind is one of those found after a crash.
     *
     * @param recorded is told once what the log says of the first outcome, as soon as it is written, on the audit's own thread, which it
     *     must not keep; an outcome that is never written counts as it was given
     * @return whether it became durable within the deadline, told after {@code recorded}, on the audit's own thread too; false at once
     *     when the gateway has stopped writing
     */
    CompletableFuture<Boolean> concluding(Outcome outcome, Duration deadline, Consumer<Outcome> recorded);

    /** The same for an outcome after which nothing is left to be done; waits. */
    default boolean conclude(Outcome outcome, Duration deadline) {
        return concluding(outcome, deadline, _ -> {}).join();
    }

    /**
     * Intents that dead gateways left without an outcome: the next 1,000 at most, those of one gateway oldest first; after the last
     * ones it begins anew. Blocks on the database; for one thread, to be asked again and again: a gateway of another name counts as
     * dead only when it was found so for some seconds.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the database is away
     */
    List<Orphan> orphans();

    /**
     * Requests of the last 23 hours whose outcome is not exact and that have not been corrected: the next 1,000 at most, oldest first;
     * after the last ones it begins anew. Blocks on the database; for one thread.
     *
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the database is away
     */
    List<Doubt> doubts();
}
