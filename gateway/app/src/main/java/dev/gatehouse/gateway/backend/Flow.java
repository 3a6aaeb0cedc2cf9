package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.quota.Grant;
import dev.gatehouse.gateway.vocabulary.Cause;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Usage;

/** One attempt at an answer. Deltas go from the upstream through the guard's filters to the client by themselves; whoever opened it sleeps in {@link #await}. */
public interface Flow {

    /** Waits for the next turn that needs a decision. */
    Turn await();

    /** Answers {@link Turn.NeedsMore}. */
    void grant(Grant grant);

    /** Stops the upstream and waits, within bounds, for what was used; afterwards the upstream writes nothing. */
    Usage stop(Cause why);

    /** Whether the upstream was sent the work, so that it may have accepted it; settled once {@link #stop} has returned. */
    boolean asked();

    /** Lets the end of the answer out; after {@link Turn.Ended} or {@link Turn.Cut}. */
    void release();

    /** Ends the client's answer with an error. */
    void fail(Problem problem);

    /** {@link System#nanoTime} at which the first delta left for the client; 0 when none did. */
    long firstTokenNanos();
}
