package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.ExpertPicks;
import dev.gatehouse.worker.openai.JsonBytes;

/** Writes the picks of experts as the node protocol has them. */
final class ExpertsJson {

    private ExpertsJson() {}

    static byte[] of(ExpertPicks picks) {
        JsonBytes json = new JsonBytes()
                .raw("{\"every\":")
                .number(picks.every())
                .raw(",\"steps\":")
                .number(picks.steps())
                .raw(",\"rows\":")
                .number(picks.rows())
                .raw(",\"outputs\":")
                .number(picks.outputs())
                .raw(",\"layers\":[");
        String separator = "";
        for (ExpertPicks.Layer layer : picks.layers()) {
            layer(json.raw(separator), layer);
            separator = ",";
        }
        return json.raw("]}").toBytes();
    }

    private static void layer(JsonBytes json, ExpertPicks.Layer layer) {
        json.raw("{\"layer\":").number(layer.index()).raw(",\"picks\":[");
        String separator = "";
        for (long count : layer.picks()) {
            json.raw(separator).number(count);
            separator = ",";
        }
        json.raw("]}");
    }
}
