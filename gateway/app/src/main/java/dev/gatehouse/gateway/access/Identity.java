package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Problem;

/** The answer to who is calling. */
public sealed interface Identity {

    record Known(Caller caller) implements Identity {}

    /** Nobody, or somebody who may not do this. */
    record Unknown(Problem why) implements Identity {}
}
