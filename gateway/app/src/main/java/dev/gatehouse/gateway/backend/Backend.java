package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.Sink;

/** Something that generates. */
public interface Backend {

    /** Sends the work; never throws for what an upstream can do: a refused connection is {@link Turn.Lost}. */
    Flow open(Dispatch dispatch, Sink client);

    /** Whether {@code next}, a candidate of this backend, can go on now with an answer that another candidate has begun. */
    boolean continues(Candidate begun, Candidate next);

    /** Like {@link #open}, for an answer of which the client has seen {@code sent}: only what follows is sent to it. */
    Flow resume(Dispatch dispatch, Transcript sent, Sink client);
}
