package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The events of a message's content blocks: each run of deltas of one channel is a block, and one is over before the next begins. */
final class BlockEvents {

    private static final String DELTA = "content_block_delta";

    private @Nullable Channel open;
    private int index = -1;

    void delta(ByteArrayOutputStream out, Delta delta) {
        switch (delta) {
            case Delta.Text(var channel, String text) -> {
                open(out, delta);
                change(out, "text_delta", "text", text);
            }
            case Delta.Reasoning(var channel, String text) -> {
                open(out, delta);
                change(out, "thinking_delta", "thinking", text);
            }
            case Delta.ToolCall call -> {
                open(out, delta);
                if (!call.arguments().isEmpty()) {
                    change(out, "input_json_delta", "partial_json", call.arguments());
                }
            }
            case Delta.Marks marks -> {}
            case Delta.Finish finish -> {}
        }
    }

    /** Ends the block that is open, if one is. A model's thinking here has no signature, and says so with an empty one. */
    void close(ByteArrayOutputStream out) {
        if (open == null) {
            return;
        }
        if (open.part() == Channel.Part.REASONING) {
            change(out, "signature_delta", "signature", "");
        }
        Events.write(out, "content_block_stop", json -> json.writeNumberProperty("index", index));
        open = null;
    }

    private void open(ByteArrayOutputStream out, Delta first) {
        if (first.channel().equals(open)) {
            return;
        }
        close(out);
        open = first.channel();
        index++;
        event(out, "content_block_start", "content_block", block -> begin(block, first));
    }

    private static void begin(JsonGenerator block, Delta first) {
        switch (first) {
            case Delta.Text text -> Block.text(block, "");
            case Delta.Reasoning reasoning -> Block.thinking(block, "");
            case Delta.ToolCall call -> Block.call(block, call.id(), call.name(), "{}");
            case Delta.Marks marks -> {}
            case Delta.Finish finish -> {}
        }
    }

    private void change(ByteArrayOutputStream out, String type, String member, String text) {
        event(out, DELTA, "delta", delta -> {
            delta.writeStringProperty("type", type);
            delta.writeStringProperty(member, text);
        });
    }

    private void event(ByteArrayOutputStream out, String type, String member, Consumer<JsonGenerator> members) {
        Events.write(out, type, json -> {
            json.writeNumberProperty("index", index);
            json.writeObjectPropertyStart(member);
            members.accept(json);
            json.writeEndObject();
        });
    }
}
