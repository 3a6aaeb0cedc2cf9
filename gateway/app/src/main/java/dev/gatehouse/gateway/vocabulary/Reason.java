package dev.gatehouse.gateway.vocabulary;

/** Why an answer ended. */
public enum Reason {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER,
    /** The caller's budget was used up; clients see {@code length}. */
    BUDGET
}
