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
        String[] role = {""};
        List<Part> parts = new ArrayList<>();
        object(name -> {
            switch (name) {
                case "role" -> role[0] = parser.getString();
                case "content" -> parts.addAll(content());
                default -> parser.skipChildren();
            }
        });
        return new Message(role[0], parts);
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
        Map<String, String> strings = new LinkedHashMap<>();
        List<Part> inner = new ArrayList<>();
        boolean[] failed = new boolean[1];
        object(name -> {
            switch (name) {
                case "content" -> inner.addAll(content());
                case "is_error" -> failed[0] = parser.currentToken() == JsonToken.VALUE_TRUE;
                case "input" -> strings.put(name, raw());
                case "type", "text", "thinking", "id", "name", "tool_use_id" -> strings.put(name, parser.getString());
                default -> parser.skipChildren();
            }
        });
        return switch (strings.getOrDefault("type", "")) {
            case "text" -> Optional.of(new Text(string(strings, "text")));
            case "thinking" -> Optional.of(new Thought(string(strings, "thinking")));
            case "tool_use" ->
                Optional.of(new Call(string(strings, "id"), string(strings, "name"), string(strings, "input")));
            case "tool_result" -> Optional.of(new Result(string(strings, "tool_use_id"), texts(inner), failed[0]));
            default -> Optional.empty();
        };
    }

    private static String string(Map<String, String> strings, String name) {
        return strings.getOrDefault(name, "");
    }

    private Tool tool() {
        Map<String, String> strings = new LinkedHashMap<>();
        boolean[] strict = new boolean[1];
        object(name -> {
            switch (name) {
                case "strict" -> strict[0] = parser.currentToken() == JsonToken.VALUE_TRUE;
                case "name", "description" -> strings.put(name, parser.getString());
                case "input_schema" -> strings.put(name, raw());
                default -> parser.skipChildren();
            }
        });
        return new Tool(
                string(strings, "name"),
                Optional.ofNullable(strings.get("description")),
                string(strings, "input_schema"),
                strict[0]);
    }

    private Choice choice() {
        Map<String, String> strings = new LinkedHashMap<>();
        boolean[] single = new boolean[1];
        object(name -> {
            switch (name) {
                case "type", "name" -> strings.put(name, parser.getString());
                case "disable_parallel_tool_use" -> single[0] = parser.currentToken() == JsonToken.VALUE_TRUE;
                default -> parser.skipChildren();
            }
        });
        return new Choice(string(strings, "type"), string(strings, "name"), !single[0]);
    }

    private Thinking thinking() {
        String[] type = {""};
        long[] budget = {0};
        object(name -> {
            switch (name) {
                case "type" -> type[0] = parser.getString();
                case "budget_tokens" -> budget[0] = isNull() ? 0 : parser.getLongValue();
                default -> parser.skipChildren();
            }
        });
        return new Thinking(!type[0].equals("disabled"), type[0].equals("enabled") ? budget[0] : 0);
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
