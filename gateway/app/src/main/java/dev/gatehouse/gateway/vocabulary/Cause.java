package dev.gatehouse.gateway.vocabulary;

/** Why an exchange was stopped from our side. */
public enum Cause {
    CLIENT_GONE,
    DEADLINE,
    SHUTDOWN,
    /** A guard rule cut the answer. */
    CUT,
    /** The upstream was lost. */
    LOST
}
