package dev.gatehouse.gateway.vocabulary;

/** The wire format that a client speaks. */
public enum Dialect {
    OPENAI,
    ANTHROPIC
}
