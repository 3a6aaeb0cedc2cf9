package dev.gatehouse.gateway.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Span;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;

/** Frames of an upstream, and what they say. */
final class Spans {

    static final Usage USED = new Usage(14, 4, 22, 16, Meters.NONE, true);

    private static final Channel CONTENT = Channel.content(0);
    private static final int[] NO_IDS = {};

    private Spans() {}

    static Span role() {
        return span("{\"role\":\"assistant\",\"content\":\"\"}", "null", "null");
    }

    static Span text(String text) {
        return span("{\"content\":\"" + text + "\"}", "null", "null", new Delta.Text(CONTENT, text));
    }

    static Span reasoning(String text) {
        return span(
                "{\"reasoning_content\":\"" + text + "\"}",
                "null",
                "null",
                new Delta.Reasoning(Channel.reasoning(0), text));
    }

    static Span marked(String text, String logprobs) {
        return span(
                "{\"content\":\"" + text + "\"}",
                logprobs,
                "null",
                new Delta.Text(CONTENT, text),
                new Delta.Marks(CONTENT, logprobs));
    }

    /** @param arguments JSON text, without characters that would need escapes in a string */
    static Span call(int index, String id, String name, String arguments) {
        String head = id.isEmpty() ? "" : "\"id\":\"" + id + "\",\"type\":\"function\",";
        String named = name.isEmpty() ? "" : "\"name\":\"" + name + "\",";
        return span(
                "{\"tool_calls\":[{\"index\":" + index + "," + head + "\"function\":{" + named + "\"arguments\":\""
                        + arguments + "\"}}]}",
                "null",
                "null",
                new Delta.ToolCall(Channel.tool(0, index), id, name, arguments));
    }

    static Span finish(Reason reason) {
        return span("{}", "null", "\"" + Reasons.wire(reason) + "\"", new Delta.Finish(CONTENT, reason));
    }

    /** A frame with this text, whatever it is. */
    static Span raw(String frame, Delta... deltas) {
        return new Span(1, NO_IDS, List.of(deltas), frame.getBytes(UTF_8), true);
    }

    private static Span span(String delta, String logprobs, String finish, Delta... deltas) {
        return raw(frame(delta, logprobs, finish), deltas);
    }

    private static String frame(String delta, String logprobs, String finish) {
        return "{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1795500000,\"model\":\"tiny-moe-q8\","
                + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":" + logprobs + ",\"finish_reason\":"
                + finish + "}]}";
    }

    static String frameOf(Span span) {
        return new String(span.frame(), UTF_8);
    }
}
