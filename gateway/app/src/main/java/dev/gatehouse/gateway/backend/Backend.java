package dev.gatehouse.gateway.backend;

import dev.gatehouse.gateway.vocabulary.Sink;

/** Something that generates. */
public interface Backend {

    /** Sends the work; never throws for what an upstream can do: a refused connection is {@link Turn.Lost}. */
    Flow open(Dispatch dispatch, Sink client);
}
