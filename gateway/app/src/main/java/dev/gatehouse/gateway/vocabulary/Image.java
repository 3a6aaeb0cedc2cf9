package dev.gatehouse.gateway.vocabulary;

/** An image in a request, by the JSON Pointer of its part. */
public record Image(String pointer) {}
