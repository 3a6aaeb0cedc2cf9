package dev.gatehouse.gateway.backend.node;

import java.time.Instant;

/** A node's last report, and when it came, by this gateway's clock. */
record Heard(Registration registration, Instant at) {}
