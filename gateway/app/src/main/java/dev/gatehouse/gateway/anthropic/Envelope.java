package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import tools.jackson.core.JsonGenerator;

/** What a message says of itself before its content. */
record Envelope(String id, String model) {

    static Envelope of(IntentId intent, ModelName model) {
        return new Envelope("msg_" + intent, model.value());
    }

    void write(JsonGenerator json) {
        json.writeStringProperty("id", id);
        json.writeStringProperty("type", "message");
        json.writeStringProperty("role", "assistant");
        json.writeStringProperty("model", model);
        json.writeNullProperty("container");
        json.writeNullProperty("diagnostics");
    }
}
