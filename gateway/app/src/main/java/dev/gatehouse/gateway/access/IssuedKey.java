package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;

/** A key that was just made, with the only copy of its secret. */
public record IssuedKey(KeyId id, ApiKey key) {}
