package dev.gatehouse.gateway.openai;

import dev.gatehouse.gateway.dialect.Events;
import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes {@code chat.completion.chunk} objects. */
final class Chunks {

    private static final Channel FIRST = Channel.content(0);

    private Chunks() {}

    /** The chunk that says whose the answer is. */
    static void role(Envelope envelope, ByteArrayOutputStream out) {
        event(
                out,
                json -> chunk(json, envelope, FIRST.choice(), Optional.empty(), delta -> {
                    delta.writeStringProperty("role", "assistant");
                    delta.writeStringProperty("content", "");
                }));
    }

    /** A chunk for each delta: those of one frame may belong to several choices. */
    static void deltas(Envelope envelope, List<Delta> deltas, ByteArrayOutputStream out) {
        for (Delta delta : deltas) {
            if (!(delta instanceof Delta.Marks)) {
                event(out, json -> chunk(json, envelope, delta));
            }
        }
    }

    static void finish(Envelope envelope, Reason reason, ByteArrayOutputStream out) {
        event(out, json -> chunk(json, envelope, new Delta.Finish(FIRST, reason)));
    }

    /** The last chunk: no choices, but what the answer took. */
    static void usage(Envelope envelope, Reason reason, Usage usage, ByteArrayOutputStream out) {
        event(out, json -> {
            head(json, envelope);
            json.writeArrayPropertyStart("choices");
            json.writeEndArray();
            Usages.write(json, usage);
            Usages.stop(json, reason);
            json.writeEndObject();
        });
    }

    private interface Body {
        void write(JsonGenerator json);
    }

    private static void event(ByteArrayOutputStream out, Body body) {
        out.writeBytes(Events.data());
        try (JsonGenerator json = Json.generator(out)) {
            body.write(json);
        }
        out.writeBytes(Events.end());
    }

    private static void head(JsonGenerator json, Envelope envelope) {
        json.writeStartObject();
        json.writeStringProperty("id", envelope.id());
        json.writeStringProperty("object", "chat.completion.chunk");
        json.writeNumberProperty("created", envelope.created());
        json.writeStringProperty("model", envelope.model());
    }

    private static void chunk(JsonGenerator json, Envelope envelope, Delta delta) {
        Optional<Reason> finish =
                delta instanceof Delta.Finish(var channel, Reason reason) ? Optional.of(reason) : Optional.empty();
        chunk(json, envelope, delta.channel().choice(), finish, inner -> content(inner, delta));
    }

    private static void chunk(JsonGenerator json, Envelope envelope, int choice, Optional<Reason> finish, Body delta) {
        head(json, envelope);
        json.writeArrayPropertyStart("choices");
        json.writeStartObject();
        json.writeNumberProperty("index", choice);
        json.writeObjectPropertyStart("delta");
        delta.write(json);
        json.writeEndObject();
        json.writeNullProperty("logprobs");
        json.writeName("finish_reason");
        if (finish.isPresent()) {
            json.writeString(Reasons.wire(finish.get()));
        } else {
            json.writeNull();
        }
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void content(JsonGenerator json, Delta delta) {
        switch (delta) {
            case Delta.Text(var channel, String text) -> json.writeStringProperty("content", text);
            case Delta.Reasoning(var channel, String text) -> json.writeStringProperty("reasoning_content", text);
            case Delta.ToolCall call -> toolCall(json, call);
            case Delta.Marks marks -> {}
            case Delta.Finish finish -> {}
        }
    }

    private static void toolCall(JsonGenerator json, Delta.ToolCall call) {
        json.writeArrayPropertyStart("tool_calls");
        json.writeStartObject();
        json.writeNumberProperty("index", call.channel().tool());
        if (!call.id().isEmpty()) {
            json.writeStringProperty("id", call.id());
            json.writeStringProperty("type", "function");
        }
        json.writeObjectPropertyStart("function");
        if (!call.name().isEmpty()) {
            json.writeStringProperty("name", call.name());
        }
        json.writeStringProperty("arguments", call.arguments());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }
}
