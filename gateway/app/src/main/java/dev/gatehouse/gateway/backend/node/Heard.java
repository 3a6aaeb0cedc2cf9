package dev.gatehouse.gateway.backend.node;

import java.time.Instant;

/** A node's last report, and when the database took it. */
record Heard(Registration registration, Instant at) {}
