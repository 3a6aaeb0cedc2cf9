package dev.gatehouse.gateway.vocabulary;

import java.util.UUID;

/** A part of a tenant that has its own keys. */
public record ProjectId(UUID value) {}
