package dev.gatehouse.gateway.openai;

import dev.gatehouse.gateway.vocabulary.Bound;
import dev.gatehouse.gateway.vocabulary.Code;
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
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads a chat completion request in one pass: checks it, and notes where every string of it is. One use only. */
final class ChatReader {

    /** Deepest nesting accepted. */
    private static final int DEPTH = 64;

    /** Most strings accepted, member names included. */
    private static final int STRINGS = 100_000;

    /** Characters decoded at a time. */
    private static final int DECODED = 8192;

    /** What a model's template may add to the body's bytes, in tokens. */
    private static final int TEMPLATE = 512;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    /** What holds a called function's name and arguments, in today's shape and in the one before. */
    private static final Set<String> FUNCTIONS = Set.of("function", "function_call");

    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");

    private final byte[] body;
    private final List<TextField> texts = new ArrayList<>();
    private final List<Image> images = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private String model = "";
    private boolean stream;
    private boolean includeUsage;
    private long maxOutput = Bound.UNSTATED;
    private int choices = 1;

    private ChatReader(byte[] body) {
        this.body = body;
    }

    /** @throws Fault when the body is not a chat completion request: its problem names what to change */
    static Chat read(byte[] body) {
        requireUtf8(body);
        ChatReader reader = new ChatReader(body);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            reader.request(parser);
        } catch (StreamConstraintsException tooMuch) {
            throw new Fault(Problem.of(
                    Code.INVALID_JSON,
                    "The body is nested deeper than " + DEPTH + " levels or has an oversized number. Flatten it."));
        } catch (JacksonException malformed) {
            throw new Fault(Problem.of(Code.INVALID_JSON, "The body is not valid JSON" + position(malformed) + "."));
        }
        return reader.chat();
    }

    private static void requireUtf8(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(Math.min(body.length, DECODED) + 1);
        CoderResult result;
        do {
            result = decoder.decode(in, out.clear(), true);
        } while (result.isOverflow());
        if (result.isError()) {
            throw new Fault(Problem.of(Code.INVALID_JSON, "The body is not valid UTF-8. Encode it as UTF-8."));
        }
    }

    private static String position(JacksonException malformed) {
        return malformed.getLocation() == null || malformed.getLocation().getLineNr() < 0
                ? ""
                : ": look at line " + malformed.getLocation().getLineNr() + ", column "
                        + malformed.getLocation().getColumnNr();
    }

    private Chat chat() {
        require(seen.contains("model"), "model");
        require(seen.contains("messages"), "messages");
        Bound bound = new Bound((long) body.length + TEMPLATE, maxOutput, choices);
        Wire wire = new Wire(Dialect.OPENAI, body, List.of());
        Generate work = new Generate(new ModelName(model), wire, texts, images, bound, Priority.INTERACTIVE);
        return new Chat(work, stream, includeUsage);
    }

    private static void require(boolean present, String param) {
        if (!present) {
            throw new Fault(Problem.at(Code.MISSING_PARAMETER, param, "'" + param + "' is missing. Add it."));
        }
    }

    private void request(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new Fault(Problem.of(Code.INVALID_JSON, "The body is not a JSON object. Send one."));
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            note(parser, TextKind.OTHER);
            String name = parser.currentName();
            parser.nextToken();
            member(parser, name);
        }
        if (parser.nextToken() != null) {
            throw new Fault(
                    Problem.of(Code.INVALID_JSON, "The body goes on after its JSON object. Send one object only."));
        }
    }

    private void member(JsonParser parser, String name) {
        seen.add(name);
        switch (name) {
            case "model" -> model(parser);
            case "messages" -> messages(parser);
            case "stream" -> stream = flag(parser, name);
            case "stream_options" -> streamOptions(parser);
            case "max_tokens", "max_completion_tokens" ->
                maxOutput = Math.min(maxOutput, whole(parser, name, 1, Integer.MAX_VALUE, Bound.UNSTATED));
            case "n" -> choices = (int) whole(parser, name, 1, 128, 1);
            case "top_logprobs" -> whole(parser, name, 0, 20, 0);
            case "seed" -> whole(parser, name, Long.MIN_VALUE, Long.MAX_VALUE, 0);
            case "top_k" -> whole(parser, name, -1, Integer.MAX_VALUE, 0);
            case "logprobs" -> flag(parser, name);
            case "temperature" -> number(parser, name, 0, 2);
            case "top_p", "min_p" -> number(parser, name, 0, 1);
            case "presence_penalty", "frequency_penalty" -> number(parser, name, -2, 2);
            case "stop" -> stop(parser);
            case "logit_bias", "response_format" -> structure(parser, name, JsonToken.START_OBJECT, "an object");
            case "tools" -> structure(parser, name, JsonToken.START_ARRAY, "an array");
            default -> value(parser, TextKind.OTHER);
        }
    }

    private void model(JsonParser parser) {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, "model", "a string");
        model = parser.getString();
        note(parser, TextKind.MODEL);
        if (model.isBlank() || model.length() > ModelName.MAX_LENGTH) {
            throw new Fault(Problem.at(
                    Code.INVALID_VALUE,
                    "model",
                    "'model' has 1 to " + ModelName.MAX_LENGTH + " characters. Name a model."));
        }
    }

    private void messages(JsonParser parser) {
        expect(parser.currentToken() == JsonToken.START_ARRAY, "messages", "an array");
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            message(parser, "messages[" + count++ + "]");
        }
        if (count == 0) {
            throw new Fault(Problem.at(Code.INVALID_VALUE, "messages", "'messages' is empty. Send at least one."));
        }
    }

    private void message(JsonParser parser, String param) {
        expect(parser.currentToken() == JsonToken.START_OBJECT, param, "an object");
        int first = texts.size();
        String role = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            note(parser, TextKind.OTHER);
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "role" -> role = role(parser, param + ".role");
                case "content" -> content(parser, param + ".content");
                default -> value(parser, TextKind.OTHER);
            }
        }
        require(!role.isEmpty(), param + ".role");
        attribute(first, kindOf(role));
    }

    private String role(JsonParser parser, String param) {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, param, "a string");
        note(parser, TextKind.OTHER);
        String role = parser.getString();
        if (!ROLES.contains(role)) {
            throw new Fault(Problem.at(
                    Code.INVALID_VALUE,
                    param,
                    "'" + param + "' is one of system, developer, user, assistant, tool. Use one of them."));
        }
        return role;
    }

    private void content(JsonParser parser, String param) {
        switch (parser.currentToken()) {
            case VALUE_STRING -> note(parser, TextKind.OTHER);
            case VALUE_NULL -> {}
            case START_ARRAY -> {
                int count = 0;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    part(parser, param + "[" + count++ + "]");
                }
            }
            default -> expect(false, param, "a string or an array of parts");
        }
    }

    private void part(JsonParser parser, String param) {
        expect(parser.currentToken() == JsonToken.START_OBJECT, param, "an object");
        String pointer = pointer(parser);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            note(parser, TextKind.OTHER);
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("type") && isImage(parser.getString())) {
                images.add(new Image(pointer));
            }
            value(parser, TextKind.OTHER);
        }
    }

    private static boolean isImage(String type) {
        return type.equals("image_url") || type.equals("input_image");
    }

    private void streamOptions(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(parser.currentToken() == JsonToken.START_OBJECT, "stream_options", "an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            note(parser, TextKind.OTHER);
            boolean usage = parser.currentName().equals("include_usage");
            parser.nextToken();
            if (usage) {
                includeUsage = flag(parser, "stream_options.include_usage");
            } else {
                value(parser, TextKind.OTHER);
            }
        }
    }

    private void stop(JsonParser parser) {
        switch (parser.currentToken()) {
            case VALUE_STRING, VALUE_NULL -> value(parser, TextKind.OTHER);
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    expect(parser.currentToken() == JsonToken.VALUE_STRING, "stop", "a string or an array of strings");
                    note(parser, TextKind.OTHER);
                }
            }
            default -> expect(false, "stop", "a string or an array of strings");
        }
    }

    private void structure(JsonParser parser, String param, JsonToken start, String what) {
        expect(parser.currentToken() == start || parser.currentToken() == JsonToken.VALUE_NULL, param, what);
        value(parser, TextKind.OTHER);
    }

    private static boolean flag(JsonParser parser, String param) {
        JsonToken token = parser.currentToken();
        expect(token.isBoolean() || token == JsonToken.VALUE_NULL, param, "true or false");
        return token == JsonToken.VALUE_TRUE;
    }

    private static long whole(JsonParser parser, String param, long least, long most, long absent) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return absent;
        }
        expect(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, param, "a whole number");
        boolean fits = parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (!fits || parser.getLongValue() < least || parser.getLongValue() > most) {
            throw outOfRange(param, Long.toString(least), Long.toString(most));
        }
        return parser.getLongValue();
    }

    private static void number(JsonParser parser, String param, double least, double most) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(parser.currentToken().isNumeric(), param, "a number");
        double value = parser.getDoubleValue();
        if (!(value >= least && value <= most)) {
            throw outOfRange(param, Double.toString(least), Double.toString(most));
        }
    }

    private static Fault outOfRange(String param, String least, String most) {
        return new Fault(Problem.at(
                Code.INVALID_VALUE,
                param,
                "'" + param + "' is out of range: it goes from " + least + " to " + most + "."));
    }

    private static void expect(boolean right, String param, String what) {
        if (!right) {
            throw new Fault(
                    Problem.at(Code.INVALID_TYPE, param, "'" + param + "' has the wrong type: it is " + what + "."));
        }
    }

    /** Notes the strings of any value, the current token being its first. */
    private void value(JsonParser parser, TextKind kind) {
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            switch (token) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case VALUE_STRING -> note(parser, isArguments(parser) ? TextKind.DOCUMENT : kind);
                case PROPERTY_NAME -> note(parser, kind);
                default -> {}
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
        }
    }

    private void note(JsonParser parser, TextKind kind) {
        if (texts.size() == STRINGS) {
            throw new Fault(Problem.of(
                    Code.INVALID_VALUE, "The body has more than " + STRINGS + " strings. Send fewer, or join them."));
        }
        int from = (int) parser.currentTokenLocation().getByteOffset() + 1;
        texts.add(new TextField(kind, from, closingQuote(from)));
    }

    private static String pointer(JsonParser parser) {
        return parser.streamReadContext().pathAsPointer().toString();
    }

    /** The arguments of a function that was called. */
    private static boolean isArguments(JsonParser parser) {
        TokenStreamContext inside = parser.streamReadContext();
        return "arguments".equals(inside.currentName())
                && inside.getParent() != null
                && FUNCTIONS.contains(String.valueOf(inside.getParent().currentName()));
    }

    private int closingQuote(int from) {
        int i = from;
        while (body[i] != '"') {
            i += body[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    private void attribute(int first, TextKind kind) {
        for (int i = first; i < texts.size(); i++) {
            TextField text = texts.get(i);
            if (text.kind() == TextKind.OTHER) {
                texts.set(i, new TextField(kind, text.from(), text.to()));
            }
        }
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
