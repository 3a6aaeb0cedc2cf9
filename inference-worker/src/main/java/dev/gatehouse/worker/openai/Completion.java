package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.FinishReason;
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
    private final Map<Integer, Choice> choices = new TreeMap<>();

    Completion(String id, long created, String model) {
        this.id = id;
        this.created = created;
        this.model = model;
    }

    void add(Chunk chunk) {
        choice(chunk.choice()).add(chunk);
    }

    void finish(int index, FinishReason reason) {
        choice(index).reason = reason;
    }

    private Choice choice(int index) {
        return choices.computeIfAbsent(index, first -> new Choice());
    }

    byte[] json(End end) {
        JsonBytes json = new JsonBytes()
                .raw("{\"id\":")
                .string(id)
                .raw(",\"object\":\"chat.completion\",\"created\":")
                .number(created)
                .raw(",\"model\":")
                .string(model)
                .raw(",\"choices\":");
        String separator = "[";
        for (Map.Entry<Integer, Choice> choice : choices.entrySet()) {
            choice.getValue().write(json.raw(separator).raw("{\"index\":").number(choice.getKey()));
            separator = ",";
        }
        return ChatJson.usage(json.raw("],"), end.usage()).raw("}").toBytes();
    }

    private record Call(String id, String name, StringBuilder arguments) {}

    /** One answer. */
    private static final class Choice {

        private final StringBuilder content = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final Map<Integer, Call> calls = new TreeMap<>();
        private final List<TokenLogprob> logprobs = new ArrayList<>();
        private FinishReason reason = FinishReason.STOP;

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

        void write(JsonBytes json) {
            message(json.raw(",\"message\":{"));
            ChatJson.logprobs(json.raw("},"), logprobs)
                    .raw(",\"finish_reason\":\"")
                    .raw(ChatJson.reason(reason))
                    .raw("\"}");
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
                json.raw(separator)
                        .raw("{\"id\":")
                        .string(call.id())
                        .raw(",\"type\":\"function\",\"function\":{\"name\":");
                json.string(call.name())
                        .raw(",\"arguments\":")
                        .string(call.arguments().toString())
                        .raw("}}");
                separator = ",";
            }
        }
    }
}
