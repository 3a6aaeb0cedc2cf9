package dev.gatehouse.gateway.vocabulary;

/** What one attempt used, and at what price; attempts count from 1. */
public record Charge(int attempt, Usage usage, Price price) {}
