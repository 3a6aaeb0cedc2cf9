package dev.gatehouse.gateway.anthropic;

import static dev.gatehouse.gateway.dialect.RequestBody.invalid;
import static dev.gatehouse.gateway.dialect.RequestBody.require;

import dev.gatehouse.gateway.dialect.RequestBody;
import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Count;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Generate;
import dev.gatehouse.gateway.vocabulary.Image;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Priority;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.TextField;
import dev.gatehouse.gateway.vocabulary.TextKind;
import dev.gatehouse.gateway.vocabulary.Wire;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads a message request in one pass. Paths in its errors are as Anthropic writes them: {@code messages.0.content}. One use only. */
final class MessageReader {

    /** What a model's template may add to the body's bytes, in tokens. */
    private static final int TEMPLATE = 512;

    private static final int MOST_TOKENS = Integer.MAX_VALUE;

    private static final Set<String> ROLES = Set.of("user", "assistant", "system");

    private final List<Image> images = new ArrayList<>();
    private final BlockReader blocks = new BlockReader(images);
    private @Nullable ModelName model;
    private boolean messages;
    private boolean stream;
    private long maxTokens = Bound.UNSTATED;
    private long thinkingBudget;
    private String lastRole = "";

    private MessageReader() {}

    /** @throws Fault when the body is not a message request: its problem names what to change */
    static Ask message(byte[] body) {
        MessageReader reader = new MessageReader();
        List<TextField> texts = RequestBody.read(body, reader::member);
        require(reader.maxTokens != Bound.UNSTATED, "max_tokens");
        Bound bound = new Bound((long) body.length + TEMPLATE, reader.maxTokens, 1);
        return new Ask(
                new Generate(reader.checked(), wire(body), texts, reader.images, bound, Priority.INTERACTIVE),
                reader.stream);
    }

    /** @throws Fault when the body is not a message request, for which no {@code max_tokens} is needed */
    static Count count(byte[] body) {
        MessageReader reader = new MessageReader();
        List<TextField> texts = RequestBody.read(body, reader::member);
        return new Count(reader.checked(), wire(body), texts, reader.images, Priority.INTERACTIVE);
    }

    private static Wire wire(byte[] body) {
        return new Wire(Dialect.ANTHROPIC, body, List.of());
    }

    private ModelName checked() {
        require(model != null, "model");
        require(messages, "messages");
        if (lastRole.equals("assistant")) {
            throw refused(
                    "messages",
                    "The last of 'messages' is the assistant's, and no model here goes on with an"
                            + " answer that was begun. End with a message of the user.");
        }
        if (thinkingBudget >= maxTokens) {
            throw invalid("thinking.budget_tokens", "'thinking.budget_tokens' must be less than 'max_tokens'.");
        }
        return Objects.requireNonNull(model);
    }

    private void member(RequestBody json, String name) {
        switch (name) {
            case "model" -> model = json.model(name);
            case "messages" -> messages(json);
            case "system" -> system(json);
            case "max_tokens" -> maxTokens = json.whole(name, 1, MOST_TOKENS, Bound.UNSTATED);
            case "stream" -> stream = json.flag(name);
            case "temperature", "top_p" -> json.number(name, 0, 1);
            case "top_k" -> json.whole(name, 0, MOST_TOKENS, 0);
            case "stop_sequences" -> stopSequences(json);
            case "metadata" -> json.structure(name, JsonToken.START_OBJECT, "an object");
            case "tools" -> ToolReader.tools(json);
            case "tool_choice" -> ToolReader.choice(json);
            case "thinking" -> thinking(json);
            case "mcp_servers" -> none(json, name);
            case "container", "output_format" -> absent(json, name);
            case "output_config" -> outputConfig(json);
            default -> json.value();
        }
    }

    private void messages(RequestBody json) {
        messages = true;
        int count = json.array("messages", index -> message(json, "messages." + index));
        if (count == 0) {
            throw invalid("messages", "'messages' is empty. Send at least one.");
        }
    }

    private void message(RequestBody json, String path) {
        int first = json.noted();
        List<BlockReader.Found> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        json.object(path, name -> {
            seen.add(name);
            switch (name) {
                case "role" -> lastRole = role(json, path + ".role");
                case "content" -> found.addAll(blocks.content(json, path + ".content"));
                default -> json.value();
            }
        });
        require(seen.contains("role"), path + ".role");
        require(seen.contains("content"), path + ".content");
        BlockReader.requireIn(found, BlockReader.of(lastRole), "the " + lastRole + "'s messages");
        json.attribute(first, kindOf(lastRole));
    }

    private static TextKind kindOf(String role) {
        return switch (role) {
            case "system" -> TextKind.SYSTEM;
            case "assistant" -> TextKind.ASSISTANT;
            default -> TextKind.USER;
        };
    }

    private static String role(RequestBody json, String path) {
        String role = json.string(path);
        if (!ROLES.contains(role)) {
            throw invalid(path, "'" + path + "' is user, assistant or system. Use one of them.");
        }
        return role;
    }

    private void system(RequestBody json) {
        if (json.isNull()) {
            return;
        }
        int first = json.noted();
        BlockReader.requireIn(blocks.content(json, "system"), BlockReader.of("system"), "'system'");
        json.attribute(first, TextKind.SYSTEM);
    }

    private static void stopSequences(RequestBody json) {
        if (!json.isNull()) {
            json.array("stop_sequences", index -> json.string("stop_sequences." + index));
        }
    }

    private void thinking(RequestBody json) {
        if (json.isNull()) {
            return;
        }
        StringBuilder type = new StringBuilder();
        json.object("thinking", name -> {
            switch (name) {
                case "type" -> type.append(json.string("thinking.type"));
                case "budget_tokens" -> thinkingBudget = json.whole("thinking.budget_tokens", 1024, MOST_TOKENS, 0);
                default -> json.value();
            }
        });
        switch (type.toString()) {
            case "enabled" -> require(thinkingBudget > 0, "thinking.budget_tokens");
            case "disabled", "adaptive" -> thinkingBudget = 0;
            case "" -> require(false, "thinking.type");
            default -> throw invalid("thinking.type", "'thinking.type' is enabled, disabled or adaptive.");
        }
    }

    private static void outputConfig(RequestBody json) {
        if (!json.isNull()) {
            json.object("output_config", name -> {
                if (name.equals("format")) {
                    absent(json, "output_config.format");
                } else {
                    json.value();
                }
            });
        }
    }

    private static void none(RequestBody json, String path) {
        if (!json.isNull() && json.array(path, index -> json.value()) > 0) {
            throw unsupported(path);
        }
    }

    private static void absent(RequestBody json, String path) {
        if (!json.isNull()) {
            throw unsupported(path);
        }
    }

    static Fault unsupported(String path) {
        return refused(path, "'" + path + "' is not supported by the models here. Remove it.");
    }

    static Fault refused(String path, String message) {
        return new Fault(Problem.at(Code.UNSUPPORTED, path, message));
    }
}
