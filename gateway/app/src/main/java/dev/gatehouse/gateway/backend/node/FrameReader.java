package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** Reads one frame of the node protocol: a {@code chat.completion.chunk} whose last member is {@code gh}. One use only. */
final class FrameReader {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};
    private static final int[] NO_IDS = {};

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final List<Delta> deltas = new ArrayList<>(2);
    private long at;
    private int[] ids = NO_IDS;
    private int ghStart = -1;
    private long prompt;
    private long cached;
    private long completion;
    private long reasoning;
    private boolean counted;
    private Meters meters = Meters.NONE;
    /** Something inside a choice was not understood, so it can not have been screened and must not leave. */
    private boolean unknown;

    private String error = "";

    private FrameReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** @throws tools.jackson.core.JacksonException when the bytes are not such a frame */
    static Frame read(byte[] bytes, int from, int to) {
        if (Arrays.equals(bytes, from, to, DONE, 0, DONE.length)) {
            return new Frame.Done();
        }
        FrameReader reader = new FrameReader(bytes, from, to);
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            reader.frame(parser);
        }
        return reader.toFrame();
    }

    private Frame toFrame() {
        if (!error.isEmpty()) {
            return new Frame.Failed(Problem.of(Code.UPSTREAM_FAILED, error));
        }
        if (counted) {
            return new Frame.Total(new Usage(prompt, cached, completion, reasoning, meters, true));
        }
        return new Frame.Piece(new Span(at, ids, deltas, visible(), !unknown));
    }

    /** The frame without its {@code gh}. */
    private byte[] visible() {
        if (ghStart < 0) {
            return Arrays.copyOfRange(bytes, from, to);
        }
        int end = from + ghStart;
        while (bytes[end - 1] != ',') {
            end--;
        }
        byte[] frame = Arrays.copyOfRange(bytes, from, end);
        frame[frame.length - 1] = '}';
        return frame;
    }

    private void frame(JsonParser parser) {
        expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (parser.currentName()) {
                case "choices" -> each(parser, () -> choice(parser));
                case "usage" -> usage(parser);
                case "error" -> error(parser);
                case "gh" -> {
                    ghStart = (int) parser.currentTokenLocation().getByteOffset();
                    gh(parser);
                }
                default -> skip(parser);
            }
        }
    }

    private void choice(JsonParser parser) {
        int index = 0;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (parser.currentName()) {
                case "index" -> index = parser.nextIntValue(0);
                case "delta" -> delta(parser, index);
                case "logprobs" -> marks(parser, index);
                case "finish_reason" -> finish(parser, index);
                default -> unknown(parser);
            }
        }
    }

    private void delta(JsonParser parser, int choice) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (parser.currentName()) {
                case "content" -> {
                    String text = text(parser);
                    if (!text.isEmpty()) {
                        deltas.add(new Delta.Text(Channel.content(choice), text));
                    }
                }
                case "reasoning_content" -> {
                    String text = text(parser);
                    if (!text.isEmpty()) {
                        deltas.add(new Delta.Reasoning(Channel.reasoning(choice), text));
                    }
                }
                case "tool_calls" -> each(parser, () -> toolCall(parser, choice));
                case "role" -> skip(parser);
                default -> unknown(parser);
            }
        }
    }

    private void toolCall(JsonParser parser, int choice) {
        int index = 0;
        String id = "";
        String name = "";
        String arguments = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (parser.currentName()) {
                case "index" -> index = parser.nextIntValue(0);
                case "id" -> id = text(parser);
                case "function" -> {
                    parser.nextToken();
                    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                        switch (parser.currentName()) {
                            case "name" -> name = text(parser);
                            case "arguments" -> arguments = text(parser);
                            default -> unknown(parser);
                        }
                    }
                }
                case "type" -> skip(parser);
                default -> unknown(parser);
            }
        }
        deltas.add(new Delta.ToolCall(Channel.tool(choice, index), id, name, arguments));
    }

    private void marks(JsonParser parser, int choice) {
        if (parser.nextToken() != JsonToken.VALUE_NULL) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            int end = (int) parser.currentLocation().getByteOffset();
            String json = new String(bytes, from + start, end - start, StandardCharsets.UTF_8);
            deltas.add(new Delta.Marks(Channel.content(choice), json));
        }
    }

    private void finish(JsonParser parser, int choice) {
        String reason = text(parser);
        if (!reason.isEmpty()) {
            deltas.add(new Delta.Finish(Channel.content(choice), reasonOf(reason)));
        }
    }

    private static Reason reasonOf(String wire) {
        return switch (wire) {
            case "length" -> Reason.LENGTH;
            case "tool_calls" -> Reason.TOOL_CALLS;
            case "content_filter" -> Reason.CONTENT_FILTER;
            default -> Reason.STOP;
        };
    }

    private void usage(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return;
        }
        counted = true;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (parser.currentName()) {
                case "prompt_tokens" -> prompt = parser.nextLongValue(0);
                case "completion_tokens" -> completion = parser.nextLongValue(0);
                case "prompt_tokens_details" -> cached = detail(parser, "cached_tokens");
                case "completion_tokens_details" -> reasoning = detail(parser, "reasoning_tokens");
                default -> skip(parser);
            }
        }
    }

    private static long detail(JsonParser parser, String member) {
        long value = 0;
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            if (parser.currentName().equals(member)) {
                value = parser.nextLongValue(0);
            } else {
                skip(parser);
            }
        }
        return value;
    }

    private void error(JsonParser parser) {
        error = "The node failed while it answered. Send the request again.";
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            if (parser.currentName().equals("message")) {
                error = text(parser);
            } else {
                skip(parser);
            }
        }
    }

    private void gh(JsonParser parser) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            switch (parser.currentName()) {
                case "at" -> at = parser.nextLongValue(0);
                case "ids" -> ids(parser);
                case "meters" -> meters(parser);
                default -> skip(parser);
            }
        }
    }

    private void ids(JsonParser parser) {
        int[] found = new int[4];
        int count = 0;
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = parser.getIntValue();
        }
        ids = Arrays.copyOf(found, count);
    }

    private void meters(JsonParser parser) {
        double queue = 0;
        double prefill = 0;
        double decode = 0;
        double rows = 0;
        double compute = 0;
        double held = 0;
        OptionalDouble joules = OptionalDouble.empty();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "queueMs" -> queue = parser.getDoubleValue();
                case "prefillMs" -> prefill = parser.getDoubleValue();
                case "decodeMs" -> decode = parser.getDoubleValue();
                case "stepRows" -> rows = parser.getDoubleValue();
                case "computeMs" -> compute = parser.getDoubleValue();
                case "kvByteSeconds" -> held = parser.getDoubleValue();
                case "joules" -> joules = OptionalDouble.of(parser.getDoubleValue());
                default -> parser.skipChildren();
            }
        }
        meters = new Meters(queue, prefill, decode, rows, compute, held, joules);
    }

    private static void each(JsonParser parser, Runnable element) {
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                element.run();
            }
        }
    }

    private static String text(JsonParser parser) {
        return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
    }

    private void unknown(JsonParser parser) {
        unknown = true;
        skip(parser);
    }

    private static void skip(JsonParser parser) {
        parser.nextToken();
        parser.skipChildren();
    }

    private static void expect(JsonParser parser, JsonToken found, JsonToken wanted) {
        if (found != wanted) {
            throw new StreamReadException(parser, "a frame is a JSON object");
        }
    }
}
