package dev.gatehouse.gateway.vocabulary;

/** Whose words a text field holds. */
public enum TextKind {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL,
    /** Anything else: screened like a user's text. */
    OTHER
}
