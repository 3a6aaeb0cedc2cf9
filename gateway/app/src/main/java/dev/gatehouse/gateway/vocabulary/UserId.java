package dev.gatehouse.gateway.vocabulary;

import java.util.UUID;

/** The identity of somebody who administers. */
public record UserId(UUID value) {}
