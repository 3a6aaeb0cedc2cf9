package dev.gatehouse.gateway.openai;

import static dev.gatehouse.gateway.dialect.RequestBody.expect;
import static dev.gatehouse.gateway.dialect.RequestBody.invalid;
import static dev.gatehouse.gateway.dialect.RequestBody.require;

import dev.gatehouse.gateway.dialect.RequestBody;
import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Dialect;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.Generate;
import dev.gatehouse.gateway.vocabulary.Image;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Priority;
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
import tools.jackson.core.TokenStreamContext;

/** Reads a chat completion request in one pass. One use only. */
final class ChatReader {

    /** What a model's template may add to the body's bytes, in tokens. */
    private static final int TEMPLATE = 512;

    /** What holds a called function's name and arguments, in today's shape and in the one before. */
    private static final Set<String> FUNCTIONS = Set.of("function", "function_call");

    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    private final List<Image> images = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private @Nullable ModelName model;
    private boolean stream;
    private boolean includeUsage;
    private long maxOutput = Bound.UNSTATED;
    private int choices = 1;

    private ChatReader() {}

    /** @throws Fault when the body is not a chat completion request: its problem names what to change */
    static Chat read(byte[] body) {
        ChatReader reader = new ChatReader();
        return reader.chat(body, RequestBody.read(body, reader::member));
    }

    private Chat chat(byte[] body, List<TextField> texts) {
        require(seen.contains("model"), "model");
        require(seen.contains("messages"), "messages");
        Bound bound = new Bound((long) body.length + TEMPLATE, maxOutput, choices);
        Wire wire = new Wire(Dialect.OPENAI, body, List.of());
        Generate work = new Generate(Objects.requireNonNull(model), wire, texts, images, bound, Priority.INTERACTIVE);
        return new Chat(work, stream, includeUsage);
    }

    private void member(RequestBody json, String name) {
        seen.add(name);
        switch (name) {
            case "model" -> model = json.model(name);
            case "messages" -> messages(json);
            case "stream" -> stream = json.flag(name);
            case "stream_options" -> streamOptions(json);
            case "max_tokens", "max_completion_tokens" ->
                maxOutput = Math.min(maxOutput, json.whole(name, 1, Integer.MAX_VALUE, Bound.UNSTATED));
            case "n" -> choices = (int) json.whole(name, 1, 128, 1);
            case "top_logprobs" -> json.whole(name, 0, 20, 0);
            case "seed" -> json.whole(name, Long.MIN_VALUE, Long.MAX_VALUE, 0);
            case "top_k" -> json.whole(name, -1, Integer.MAX_VALUE, 0);
            case "logprobs" -> json.flag(name);
            case "temperature" -> json.number(name, 0, 2);
            case "top_p", "min_p" -> json.number(name, 0, 1);
            case "presence_penalty", "frequency_penalty" -> json.number(name, -2, 2);
            case "stop" -> stop(json);
            case "logit_bias", "response_format" -> json.structure(name, JsonToken.START_OBJECT, "an object");
            case "tools" -> json.structure(name, JsonToken.START_ARRAY, "an array");
            default -> value(json);
        }
    }

    private void messages(RequestBody json) {
        int count = json.array("messages", index -> message(json, "messages[" + index + "]"));
        if (count == 0) {
            throw invalid("messages", "'messages' is empty. Send at least one.");
        }
    }

    private void message(RequestBody json, String path) {
        int first = json.noted();
        StringBuilder role = new StringBuilder();
        json.object(path, name -> {
            switch (name) {
                case "role" -> role.append(role(json, path + ".role"));
                case "content" -> content(json, path + ".content");
                default -> value(json);
            }
        });
        require(!role.isEmpty(), path + ".role");
        json.attribute(first, kindOf(role.toString()));
    }

    private static String role(RequestBody json, String path) {
        String role = json.string(path);
        if (!ROLES.contains(role)) {
            throw invalid(path, "'" + path + "' is one of system, developer, user, assistant, tool. Use one of them.");
        }
        return role;
    }

    private void content(RequestBody json, String path) {
        switch (json.token()) {
            case VALUE_STRING, VALUE_NULL -> json.value();
            case START_ARRAY -> json.array(path, index -> part(json, path + "[" + index + "]"));
            default -> expect(false, path, "a string or an array of parts");
        }
    }

    private void part(RequestBody json, String path) {
        String pointer = json.pointer();
        json.object(path, name -> {
            if (name.equals("type") && json.token() == JsonToken.VALUE_STRING) {
                note(json.string(path + ".type"), pointer);
            } else {
                value(json);
            }
        });
    }

    private void note(String type, String pointer) {
        if (type.equals("image_url") || type.equals("input_image")) {
            images.add(new Image(pointer));
        }
    }

    private void streamOptions(RequestBody json) {
        if (json.isNull()) {
            return;
        }
        json.object("stream_options", name -> {
            if (name.equals("include_usage")) {
                includeUsage = json.flag("stream_options.include_usage");
            } else {
                json.value();
            }
        });
    }

    private static void stop(RequestBody json) {
        switch (json.token()) {
            case VALUE_STRING, VALUE_NULL -> json.value();
            case START_ARRAY ->
                json.array("stop", index -> {
                    expect(json.token() == JsonToken.VALUE_STRING, "stop", "a string or an array of strings");
                    json.value();
                });
            default -> expect(false, "stop", "a string or an array of strings");
        }
    }

    private static void value(RequestBody json) {
        json.value(ChatReader::isArguments);
    }

    /** The arguments of a function that was called. */
    private static boolean isArguments(TokenStreamContext inside) {
        return "arguments".equals(inside.currentName())
                && inside.getParent() != null
                && FUNCTIONS.contains(String.valueOf(inside.getParent().currentName()));
    }

    private static TextKind kindOf(String role) {
        return switch (role) {
            case "system", "developer" -> TextKind.SYSTEM;
            case "assistant" -> TextKind.ASSISTANT;
            case "tool", "function" -> TextKind.TOOL;
            default -> TextKind.USER;
        };
    }
}
