package dev.gatehouse.gateway.anthropic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a message request asks for, as far as another dialect can say it; JSON that is passed on as it is stays text.
 *
 * @param numbers members that are numbers, as JSON
 */
record Conversation(
        String model,
        List<String> system,
        List<Message> messages,
        List<Tool> tools,
        Optional<Choice> choice,
        Optional<Thinking> thinking,
        List<String> stops,
        Map<String, String> numbers) {

    record Message(String role, List<Part> parts) {}

    /** A content block. */
    sealed interface Part {}

    record Text(String text) implements Part {}

    record Thought(String text) implements Part {}

    /** @param input a JSON object */
    record Call(String id, String name, String input) implements Part {}

    record Result(String call, List<String> texts, boolean failed) implements Part {}

    /** @param schema a JSON object */
    record Tool(String name, Optional<String> description, String schema, boolean strict) {}

    record Choice(String type, String name, boolean parallel) {}

    /** @param budget most tokens of thinking; 0 for no such bound */
    record Thinking(boolean enabled, long budget) {}
}
