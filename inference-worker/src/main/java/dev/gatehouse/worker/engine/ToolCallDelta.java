package dev.gatehouse.worker.engine;

/**
 * A change to one tool call: the first one of an index has its id and name, the others have empty ones.
 *
 * @param arguments text to append to the call's arguments
 */
public record ToolCallDelta(int index, String id, String name, String arguments) {}
