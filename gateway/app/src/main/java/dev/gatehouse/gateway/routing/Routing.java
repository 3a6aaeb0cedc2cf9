package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Work;
import java.time.Instant;

/** Which candidates could do a piece of work. */
public interface Routing {

    /** @param arrived when the request came, by which its price goes */
    Plan plan(Caller caller, Work work, Instant arrived);
}
