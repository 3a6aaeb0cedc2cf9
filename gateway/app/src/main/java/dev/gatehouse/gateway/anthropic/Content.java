package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Gathers the deltas of an answer into content blocks: each run of deltas of one channel is a block. */
final class Content {

    private final List<Part> parts = new ArrayList<>();

    /** One block so far. */
    private static final class Part {

        private final Channel channel;
        private final StringBuilder text = new StringBuilder();
        private String id = "";
        private String name = "";

        private Part(Channel channel) {
            this.channel = channel;
        }
    }

    void add(Delta delta) {
        switch (delta) {
            case Delta.Text(var channel, String text) -> part(channel).text.append(text);
            case Delta.Reasoning(var channel, String text) -> part(channel).text.append(text);
            case Delta.ToolCall call -> add(part(call.channel()), call);
            case Delta.Marks marks -> {}
            case Delta.Finish finish -> {}
        }
    }

    private static void add(Part part, Delta.ToolCall call) {
        part.id += call.id();
        part.name += call.name();
        part.text.append(call.arguments());
    }

    private Part part(Channel channel) {
        if (parts.isEmpty() || !parts.getLast().channel.equals(channel)) {
            parts.add(new Part(channel));
        }
        return parts.getLast();
    }

    /** Writes {@code content}. A call whose input is no JSON object, as the answer ended within it, is not one and left out. */
    void write(JsonGenerator json) {
        json.writeArrayPropertyStart("content");
        for (Part part : parts) {
            if (part.channel.part() != Channel.Part.TOOL || isObject(input(part))) {
                json.writeStartObject();
                write(json, part);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Part part) {
        switch (part.channel.part()) {
            case CONTENT -> Block.text(json, part.text.toString());
            case REASONING -> Block.thinking(json, part.text.toString());
            case TOOL -> Block.call(json, part.id, part.name, input(part));
        }
    }

    private static String input(Part part) {
        String text = part.text.toString();
        return text.isBlank() ? "{}" : text;
    }

    private static boolean isObject(String text) {
        try (JsonParser parser = Json.parser(text.getBytes(StandardCharsets.UTF_8))) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            parser.skipChildren();
            return object && parser.nextToken() == null;
        } catch (JacksonException broken) {
            return false;
        }
    }
}
