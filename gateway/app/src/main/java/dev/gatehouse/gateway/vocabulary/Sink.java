package dev.gatehouse.gateway.vocabulary;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Where an answer goes: a client's connection, in its dialect. All calls but {@link #loop} and
 * {@link #standing} are made on the exchange's event loop.
 */
public interface Sink {

    /** The event loop of the exchange. */
    Executor loop();

    /** How the caller stands with their limits; told before all else, on the thread of the story. */
    void standing(Standing standing);

    void spans(List<Span> spans);

    /**
     * Forgets all spans, so that another upstream may answer from the start.
     *
     * @return false, with no effect, when the client has seen some of them
     */
    boolean restart();

    /** The finish, the usage and the end of the stream; nothing may follow. */
    void end(Reason reason, Usage usage);

    /** An error answer, or an error event when something was written already; nothing may follow. */
    void fail(Problem problem);

    /** Whether more may be written now without buffering it here. */
    boolean writable();

    /** Runs the action once, as soon as the sink is writable again. */
    void onWritable(Runnable action);

    /** Tells, once, that the client left or its deadline passed; at once if that was before. */
    void onGone(Consumer<Cause> action);
}
