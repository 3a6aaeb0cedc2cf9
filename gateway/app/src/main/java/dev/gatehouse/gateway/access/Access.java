package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.Optional;

/** Who is calling. */
public interface Access {

    /**
     * Checks what can be checked of a key without looking it up: that there is one, its form and its checksum.
     *
     * @param authorization the Authorization header
     * @return what is wrong; empty when the key deserves a look-up
     */
    Optional<Problem> precheck(Optional<String> authorization);

    /** Identifies the caller; may block on the database when the key is not cached. */
    Identity identify(Optional<String> authorization);
}
