package dev.gatehouse.gateway.vocabulary;

/** Whose words a text field holds. */
public enum TextKind {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL,
    /** A text that is a JSON document itself: the arguments of a tool call. */
    DOCUMENT,
    /** A number, not a text, of a document that stands in the request as it is: the input of a tool call. */
    NUMBER,
    /** The name of the model that is asked for. */
    MODEL,
    /** Anything else: screened like a user's text. */
    OTHER
}
