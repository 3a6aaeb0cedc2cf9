package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Work;

/** Which candidates could do a piece of work. */
public interface Routing {

    Plan plan(Caller caller, Work work);
}
