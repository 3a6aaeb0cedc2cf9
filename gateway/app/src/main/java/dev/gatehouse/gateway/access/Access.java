package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.Optional;

/** Who is calling. */
public interface Access {

    /**
     * Checks what can be checked of a key without looking it up: that there is one, its form and its checksum. A refusal is counted:
     * a refused caller is not to be identified too.
     *
     * @param authorization the Authorization header; of several all, joined by commas, which is refused
     * @return what is wrong; empty when the key deserves a look-up
     */
    Optional<Problem> precheck(Optional<String> authorization);

    /** Identifies the caller as {@link #identify} does, but never waits: empty when the key has to be looked up. */
    Optional<Identity> recall(Optional<String> authorization, Visit visit);

    /**
     * Identifies the caller, and refuses one whose key may not be used so; may block on the database when the key is not cached. Which
     * models the caller may ask for is part of the caller.
     */
    Identity identify(Optional<String> authorization, Visit visit);
}
