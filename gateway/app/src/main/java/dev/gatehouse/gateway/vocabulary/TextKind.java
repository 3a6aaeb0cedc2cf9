package dev.gatehouse.gateway.vocabulary;

/** Whose words a text field holds. */
public enum TextKind {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL,
    /** A text that is a JSON document itself: the arguments of a tool call. */
    DOCUMENT,
    /** The name of the model that is asked for. */
    MODEL,
    /** Anything else: screened like a user's text. */
    OTHER
}
