package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import java.time.Instant;
import java.util.Optional;

/**
 * What is stored of a key, found by one of its secrets.
 *
 * @param expires the end of the key, or of the secret's grace when that is earlier
 */
record KeyRecord(Caller caller, Optional<Instant> expires, Optional<Instant> revoked, KeyScope scope) {

    /** A key without restrictions. */
    KeyRecord(Caller caller, Optional<Instant> expires, Optional<Instant> revoked) {
        this(caller, expires, revoked, KeyScope.EVERYTHING);
    }
}
