package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import java.time.Instant;
import java.util.Optional;

/** What is stored of a key. */
record KeyRecord(Caller caller, Optional<Instant> expires, Optional<Instant> revoked) {}
