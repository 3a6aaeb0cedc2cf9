package dev.gatehouse.gateway.openai;

import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Gathers the deltas of an answer into a {@code chat.completion} object. */
final class Completion {

    private final Map<Integer, Choice> choices = new TreeMap<>(Map.of(0, new Choice()));

    /** One choice so far. */
    private static final class Choice {
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final StringBuilder marks = new StringBuilder();
        private final Map<Integer, Call> calls = new TreeMap<>();
        private @Nullable Reason reason;
    }

    /** One tool call so far. */
    private static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    void add(Delta delta) {
        Choice choice = choices.computeIfAbsent(delta.channel().choice(), index -> new Choice());
        switch (delta) {
            case Delta.Text(var channel, String text) -> choice.content.append(text);
            case Delta.Reasoning(var channel, String text) -> choice.reasoning.append(text);
            case Delta.ToolCall call ->
                add(choice.calls.computeIfAbsent(call.channel().tool(), index -> new Call()), call);
            case Delta.Marks(var channel, String json) -> Marks.append(choice.marks, json);
            case Delta.Finish(var channel, Reason why) -> choice.reason = why;
        }
    }

    private static void add(Call call, Delta.ToolCall delta) {
        call.id += delta.id();
        call.name += delta.name();
        call.arguments.append(delta.arguments());
    }

    /** @param reason why choices ended that did not say so themselves */
    byte[] write(Envelope envelope, Reason reason, Usage usage) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = Json.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("id", envelope.id());
            json.writeStringProperty("object", "chat.completion");
            json.writeNumberProperty("created", envelope.created());
            json.writeStringProperty("model", envelope.model());
            json.writeArrayPropertyStart("choices");
            choices.forEach((index, choice) -> write(json, index, choice, reason));
            json.writeEndArray();
            Usages.write(json, usage);
            Usages.stop(json, reason);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, int index, Choice choice, Reason otherwise) {
        json.writeStartObject();
        json.writeNumberProperty("index", index);
        json.writeObjectPropertyStart("message");
        json.writeStringProperty("role", "assistant");
        content(json, choice);
        if (!choice.reasoning.isEmpty()) {
            json.writeStringProperty("reasoning_content", choice.reasoning.toString());
        }
        json.writeNullProperty("refusal");
        calls(json, choice.calls);
        json.writeEndObject();
        marks(json, choice.marks);
        json.writeStringProperty("finish_reason", Reasons.wire(choice.reason == null ? otherwise : choice.reason));
        json.writeEndObject();
    }

    /** A message that only calls tools has null for content. */
    private static void content(JsonGenerator json, Choice choice) {
        if (choice.content.isEmpty() && !choice.calls.isEmpty()) {
            json.writeNullProperty("content");
        } else {
            json.writeStringProperty("content", choice.content.toString());
        }
    }

    private static void calls(JsonGenerator json, Map<Integer, Call> calls) {
        if (calls.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("tool_calls");
        for (Call call : calls.values()) {
            json.writeStartObject();
            json.writeStringProperty("id", call.id);
            json.writeStringProperty("type", "function");
            json.writeObjectPropertyStart("function");
            json.writeStringProperty("name", call.name);
            json.writeStringProperty("arguments", call.arguments.toString());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void marks(JsonGenerator json, StringBuilder marks) {
        json.writeName("logprobs");
        if (marks.isEmpty()) {
            json.writeNull();
        } else {
            json.writeRawValue("{\"content\":[" + marks + "]}");
        }
    }
}
