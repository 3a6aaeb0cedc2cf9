package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.Chunk;
import dev.gatehouse.worker.engine.Cost;
import dev.gatehouse.worker.engine.End;
import dev.gatehouse.worker.engine.FinishReason;
import dev.gatehouse.worker.engine.Meters;
import dev.gatehouse.worker.engine.ToolCallDelta;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/** Writes the server-sent events of one streamed answer. Not thread-safe. */
public final class ChunkWriter {

    private static final int[] NO_IDS = {};
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final String CHOICE_END = "}]";

    private final byte[] head;
    private final boolean withGh;
    private final BitSet opened = new BitSet();

    private ChunkWriter(String id, long created, String model, boolean withGh) {
        this.head = new JsonBytes()
                .raw("data: {\"id\":")
                .string(id)
                .raw(",\"object\":\"chat.completion.chunk\",\"created\":")
                .number(created)
                .raw(",\"model\":")
                .string(model)
                .raw(",\"choices\":[")
                .toBytes();
        this.withGh = withGh;
    }

    /** Chunks of the node protocol, with {@code gh}. */
    public static ChunkWriter forGateway(String id, long created, String model) {
        return new ChunkWriter(id, created, model, true);
    }

    /** Chunks as OpenAI has them. */
    static ChunkWriter plain(String id, long created, String model) {
        return new ChunkWriter(id, created, model, false);
    }

    /** A choice whose first chunk has been written by another node. */
    public void opened(int choice) {
        opened.set(choice);
    }

    public byte[] chunk(Chunk chunk) {
        JsonBytes json = openDelta(chunk.choice());
        boolean more = role(json, chunk.choice());
        more = text(json, more, "reasoning_content", chunk.reasoning());
        more = text(json, more, "content", chunk.content());
        tools(json, more, chunk.tools());
        ChatJson.logprobs(json.raw("},"), chunk.logprobs())
                .raw(",\"finish_reason\":null")
                .raw(CHOICE_END);
        return close(json, chunk.at(), chunk.ids());
    }

    /** The chunk with a choice's finish reason, after one with an empty text if the choice has no tokens. */
    public byte[] finish(int choice, FinishReason reason, long at) {
        JsonBytes opening = new JsonBytes();
        if (!opened.get(choice)) {
            opening.raw(emptyText(choice, at));
        }
        JsonBytes json = openDelta(choice)
                .raw("},\"logprobs\":null,\"finish_reason\":\"")
                .raw(ChatJson.reason(reason));
        return opening.raw(close(json.raw("\"").raw(CHOICE_END), at, NO_IDS)).toBytes();
    }

    /** The chunk with the usage. */
    public byte[] usage(End end) {
        JsonBytes json = ChatJson.usage(new JsonBytes().raw(head).raw("],"), end.usage());
        if (withGh) {
            gh(json, end.usage().completion(), NO_IDS).raw(",");
            meters(json, end.meters()).raw("}");
        }
        return json.raw("}\n\n").toBytes();
    }

    /** A fault after the first chunk. */
    public byte[] error(ApiError error, long at) {
        JsonBytes json = error.writeTo(new JsonBytes().raw("data: {"));
        return close(json, at, NO_IDS);
    }

    public static byte[] done() {
        return DONE.clone();
    }

    /** {@code "meters":{…}}, rounded to thousandths; what is not known is left out. */
    public static JsonBytes meters(JsonBytes json, Meters meters) {
        json.raw("\"meters\":{\"queueMs\":")
                .number(rounded(meters.queueMs()))
                .raw(",\"prefillMs\":")
                .number(rounded(meters.prefillMs()))
                .raw(",\"decodeMs\":")
                .number(rounded(meters.decodeMs()))
                .raw(",\"stepRows\":")
                .number(rounded(meters.stepRows()));
        return cost(json, meters.cost()).raw("}");
    }

    private static JsonBytes cost(JsonBytes json, Cost cost) {
        json.raw(",\"computeMs\":")
                .number(rounded(cost.computeMs()))
                .raw(",\"kvByteSeconds\":")
                .number(rounded(cost.kvByteSeconds()))
                .raw(",\"recomputed\":")
                .number(cost.recomputed());
        cost.joules().ifPresent(joules -> json.raw(",\"joules\":").number(rounded(joules)));
        cost.bandwidth().ifPresent(share -> json.raw(",\"bandwidth\":").number(rounded(share)));
        return json;
    }

    private byte[] emptyText(int choice, long at) {
        JsonBytes json = openDelta(choice);
        role(json, choice);
        json.raw(",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null").raw(CHOICE_END);
        return close(json, at, NO_IDS);
    }

    private JsonBytes openDelta(int choice) {
        return new JsonBytes().raw(head).raw("{\"index\":").number(choice).raw(",\"delta\":{");
    }

    private boolean role(JsonBytes json, int choice) {
        if (opened.get(choice)) {
            return false;
        }
        opened.set(choice);
        json.raw("\"role\":\"assistant\"");
        return true;
    }

    private static boolean text(JsonBytes json, boolean more, String name, String text) {
        if (text.isEmpty()) {
            return more;
        }
        json.raw(more ? ",\"" : "\"").raw(name).raw("\":").string(text);
        return true;
    }

    private static void tools(JsonBytes json, boolean more, List<ToolCallDelta> tools) {
        if (tools.isEmpty()) {
            return;
        }
        json.raw(more ? ",\"tool_calls\":[" : "\"tool_calls\":[");
        String separator = "";
        for (ToolCallDelta tool : tools) {
            tool(json.raw(separator), tool);
            separator = ",";
        }
        json.raw("]");
    }

    private static void tool(JsonBytes json, ToolCallDelta tool) {
        json.raw("{\"index\":").number(tool.index());
        if (!tool.id().isEmpty()) {
            json.raw(",\"id\":").string(tool.id()).raw(",\"type\":\"function\"");
        }
        json.raw(",\"function\":{");
        if (!tool.name().isEmpty()) {
            json.raw("\"name\":").string(tool.name()).raw(",");
        }
        json.raw("\"arguments\":").string(tool.arguments()).raw("}}");
    }

    private byte[] close(JsonBytes json, long at, int[] ids) {
        if (withGh) {
            gh(json, at, ids).raw("}");
        }
        return json.raw("}\n\n").toBytes();
    }

    private static JsonBytes gh(JsonBytes json, long at, int[] ids) {
        json.raw(",\"gh\":{\"at\":").number(at).raw(",\"ids\":[");
        for (int i = 0; i < ids.length; i++) {
            json.raw(i == 0 ? "" : ",").number(ids[i]);
        }
        return json.raw("]");
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
