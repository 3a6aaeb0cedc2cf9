package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.anthropic.Conversation.Call;
import dev.gatehouse.gateway.anthropic.Conversation.Choice;
import dev.gatehouse.gateway.anthropic.Conversation.Message;
import dev.gatehouse.gateway.anthropic.Conversation.Part;
import dev.gatehouse.gateway.anthropic.Conversation.Result;
import dev.gatehouse.gateway.anthropic.Conversation.Text;
import dev.gatehouse.gateway.anthropic.Conversation.Thinking;
import dev.gatehouse.gateway.anthropic.Conversation.Thought;
import dev.gatehouse.gateway.anthropic.Conversation.Tool;
import dev.gatehouse.gateway.dialect.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the conversation of a request that {@link MessageReader} has accepted. Each method begins at a value's first token and leaves off at its last. */
final class ConversationReader {

    private final byte[] body;
    private final JsonParser parser;

    private String model = "";
    private List<String> system = List.of();
    private final List<Message> messages = new ArrayList<>();
    private final List<Tool> tools = new ArrayList<>();
    private @Nullable Choice choice;
    private @Nullable Thinking thinking;
    private final List<String> stops = new ArrayList<>();
    private final Map<String, String> numbers = new LinkedHashMap<>();

    private ConversationReader(byte[] body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    static Conversation read(byte[] body) {
        try (JsonParser parser = Json.parser(body)) {
            ConversationReader reader = new ConversationReader(body, parser);
            parser.nextToken();
            reader.object(reader::member);
            return reader.conversation();
        }
    }

    private Conversation conversation() {
        return new Conversation(
                model,
                system,
                messages,
                tools,
                Optional.ofNullable(choice),
                Optional.ofNullable(thinking),
                stops,
                numbers);
    }

    private void member(String name) {
        switch (name) {
            case "model" -> model = parser.getString();
            case "system" -> system = texts(content());
            case "messages" -> array(() -> messages.add(message()));
            case "tools" -> array(() -> tools.add(tool()));
            case "tool_choice" -> choice = isNull() ? null : choice();
            case "thinking" -> thinking = isNull() ? null : thinking();
            case "stop_sequences" -> array(() -> stops.add(parser.getString()));
            case "max_tokens", "temperature", "top_p", "top_k" -> number(name);
            default -> parser.skipChildren();
        }
    }

    private void number(String name) {
        if (!isNull()) {
            numbers.put(name, parser.getString());
        }
    }

    private Message message() {
        Map<String, String> fields = new HashMap<>();
        List<Part> parts = new ArrayList<>();
        object(name -> {
            if (name.equals("content")) {
                parts.addAll(content());
            } else {
                note(fields, name);
            }
        });
        return new Message(string(fields, "role"), parts);
    }

    private List<Part> content() {
        List<Part> parts = new ArrayList<>();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parts.add(new Text(parser.getString()));
        } else {
            array(() -> part().ifPresent(parts::add));
        }
        return parts;
    }

    private static List<String> texts(List<Part> parts) {
        return parts.stream()
                .filter(Text.class::isInstance)
                .map(part -> ((Text) part).text())
                .toList();
    }

    /** Thinking that was encrypted for its vendor alone says nothing to others. */
    private Optional<Part> part() {
        Map<String, String> fields = new HashMap<>();
        List<Part> inner = new ArrayList<>();
        object(name -> {
            if (name.equals("content")) {
                inner.addAll(content());
            } else {
                note(fields, name);
            }
        });
        return switch (string(fields, "type")) {
            case "text" -> Optional.of(new Text(string(fields, "text")));
            case "thinking" -> Optional.of(new Thought(string(fields, "thinking")));
            case "tool_use" ->
                Optional.of(new Call(string(fields, "id"), string(fields, "name"), string(fields, "input")));
            case "tool_result" ->
                Optional.of(new Result(string(fields, "tool_use_id"), texts(inner), flag(fields, "is_error")));
            default -> Optional.empty();
        };
    }

    private Tool tool() {
        Map<String, String> fields = fields();
        return new Tool(
                string(fields, "name"),
                Optional.ofNullable(fields.get("description")),
                string(fields, "input_schema"),
                flag(fields, "strict"));
    }

    private Choice choice() {
        Map<String, String> fields = fields();
        return new Choice(string(fields, "type"), string(fields, "name"), !flag(fields, "disable_parallel_tool_use"));
    }

    private Thinking thinking() {
        Map<String, String> fields = fields();
        String type = string(fields, "type");
        long budget = type.equals("enabled") ? Long.parseLong(string(fields, "budget_tokens")) : 0;
        return new Thinking(!type.equals("disabled"), budget);
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        object(name -> note(fields, name));
        return fields;
    }

    /** Notes what a member says: of an object its JSON. Null and arrays are not noted. */
    private void note(Map<String, String> fields, String name) {
        switch (parser.currentToken()) {
            case START_OBJECT -> fields.put(name, raw());
            case START_ARRAY -> parser.skipChildren();
            case VALUE_NULL -> {}
            default -> fields.put(name, parser.getString());
        }
    }

    private static String string(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "");
    }

    private static boolean flag(Map<String, String> fields, String name) {
        return string(fields, name).equals("true");
    }

    private boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private void object(Consumer<String> member) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            member.accept(name);
        }
    }

    /** Null is as good as an empty one. */
    private void array(Runnable element) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                element.run();
            }
        }
    }

    /** An object's own bytes. */
    private String raw() {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int to = (int) parser.currentLocation().getByteOffset();
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }
}
