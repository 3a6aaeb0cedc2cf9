package dev.gatehouse.gateway.vocabulary;

/** How urgent a request is. */
public enum Priority {
    INTERACTIVE
}
