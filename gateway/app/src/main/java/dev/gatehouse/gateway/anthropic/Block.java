package dev.gatehouse.gateway.anthropic;

import tools.jackson.core.JsonGenerator;

/** Writes the members of content blocks. */
final class Block {

    private Block() {}

    static void text(JsonGenerator json, String text) {
        json.writeStringProperty("type", "text");
        json.writeStringProperty("text", text);
        json.writeNullProperty("citations");
    }

    static void thinking(JsonGenerator json, String text) {
        json.writeStringProperty("type", "thinking");
        json.writeStringProperty("thinking", text);
        json.writeStringProperty("signature", "");
    }

    /** @param input a JSON object */
    static void call(JsonGenerator json, String id, String name, String input) {
        json.writeStringProperty("type", "tool_use");
        json.writeStringProperty("id", id);
        json.writeStringProperty("name", name);
        json.writeName("input");
        json.writeRawValue(input);
        json.writeObjectPropertyStart("caller");
        json.writeStringProperty("type", "direct");
        json.writeEndObject();
    }
}
