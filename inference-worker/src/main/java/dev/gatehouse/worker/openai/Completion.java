package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.TokenLogprob;
import dev.gatehouse.worker.engine.ToolCallDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects chunks into one chat completion. Not thread-safe. */
final class Completion {

    private final String id;
    private final long created;
    private final String model;
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final Map<Integer, Call> calls = new TreeMap<>();
    private final List<TokenLogprob> logprobs = new ArrayList<>();

    Completion(String id, long created, String model) {
        this.id = id;
        this.created = created;
        this.model = model;
    }

    void add(Chunk chunk) {
        content.append(chunk.content());
        reasoning.append(chunk.reasoning());
        logprobs.addAll(chunk.logprobs());
        for (ToolCallDelta delta : chunk.tools()) {
            calls.computeIfAbsent(delta.index(), index -> new Call(delta.id(), delta.name(), new StringBuilder()))
                    .arguments()
                    .append(delta.arguments());
        }
    }

    byte[] json(End end) {
        JsonBytes json = new JsonBytes()
                .raw("{\"id\":")
                .string(id)
                .raw(",\"object\":\"chat.completion\",\"created\":")
                .number(created)
                .raw(",\"model\":")
                .string(model)
                .raw(",\"choices\":[{\"index\":0,\"message\":{");
        message(json);
        ChatJson.logprobs(json.raw("},"), logprobs)
                .raw(",\"finish_reason\":\"")
                .raw(ChatJson.reason(end.reason()))
                .raw("\"}],");
        return ChatJson.usage(json, end.usage()).raw("}").toBytes();
    }

    private void message(JsonBytes json) {
        json.raw("\"role\":\"assistant\",\"content\":");
        if (content.isEmpty() && !calls.isEmpty()) {
            json.raw("null");
        } else {
            json.string(content.toString());
        }
        if (!reasoning.isEmpty()) {
            json.raw(",\"reasoning_content\":").string(reasoning.toString());
        }
        json.raw(",\"refusal\":null");
        if (!calls.isEmpty()) {
            calls(json.raw(",\"tool_calls\":["));
            json.raw("]");
        }
    }

    private void calls(JsonBytes json) {
        String separator = "";
        for (Call call : calls.values()) {
            json.raw(separator).raw("{\"id\":").string(call.id()).raw(",\"type\":\"function\",\"function\":{\"name\":");
            json.string(call.name())
                    .raw(",\"arguments\":")
                    .string(call.arguments().toString())
                    .raw("}}");
            separator = ",";
        }
    }

    private record Call(String id, String name, StringBuilder arguments) {}
}
