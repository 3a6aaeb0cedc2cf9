package dev.gatehouse.gateway.vocabulary;

/** A change to an answer, decoded. */
public sealed interface Delta {

    Channel channel();

    /** Text of the answer. */
    record Text(Channel channel, String text) implements Delta {}

    /** Text of the thinking. */
    record Reasoning(Channel channel, String text) implements Delta {}

    /**
     * A change to a tool call; the first one of a call has its id and name, the others have empty ones.
     *
     * @param arguments text to append to the call's arguments, a JSON document
     */
    record ToolCall(Channel channel, String id, String name, String arguments) implements Delta {}

    /** Log probabilities of the text beside it, in the dialect's own JSON. */
    record Marks(Channel channel, String json) implements Delta {}

    /** The end of a choice. */
    record Finish(Channel channel, Reason reason) implements Delta {}
}
