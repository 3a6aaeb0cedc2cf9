package dev.gatehouse.gateway.vocabulary;

import java.util.UUID;

/** A tenant: who owns keys, limits and policies, and sees only its own rows. */
public record TenantId(UUID value) {}
