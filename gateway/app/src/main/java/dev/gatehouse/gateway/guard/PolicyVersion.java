package dev.gatehouse.gateway.guard;

/** Which policy was applied: the first 16 hex digits of the SHA-256 of its canonical text. */
public record PolicyVersion(String value) {}
