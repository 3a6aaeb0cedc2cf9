package dev.gatehouse.gateway.quota;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Caller;

/** Who may still spend. */
public interface Quota {

    /** Reserves for a request, at every level that limits the caller, or at none. Never blocks on I/O for long. */
    Admission admit(Caller caller, Bound bound);
}
