package dev.gatehouse.gateway.vocabulary;

import java.util.UUID;

/** An API key's identity; says nothing about its secret. */
public record KeyId(UUID value) {}
