package dev.gatehouse.gateway.vocabulary;

import java.util.UUID;

/** A user's identity. */
public record UserId(UUID value) {}
