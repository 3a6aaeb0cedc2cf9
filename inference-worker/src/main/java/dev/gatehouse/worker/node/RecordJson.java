package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Cost;
import dev.gatehouse.worker.engine.Meters;
import dev.gatehouse.worker.engine.Usage;
import dev.gatehouse.worker.ledger.Counts;
import dev.gatehouse.worker.ledger.Ending;
import dev.gatehouse.worker.ledger.ExchangeRecord;
import dev.gatehouse.worker.ledger.Expense;
import dev.gatehouse.worker.ledger.Timing;
import dev.gatehouse.worker.openai.ChatJson;
import dev.gatehouse.worker.openai.ChunkWriter;
import dev.gatehouse.worker.openai.JsonBytes;
import java.util.List;

/** Writes records as the node protocol has them. */
final class RecordJson {

    private RecordJson() {}

    static byte[] one(ExchangeRecord record) {
        return write(new JsonBytes(), record).toBytes();
    }

    static byte[] many(List<ExchangeRecord> records) {
        JsonBytes json = new JsonBytes().raw("{\"exchanges\":[");
        String separator = "";
        for (ExchangeRecord record : records) {
            write(json.raw(separator), record);
            separator = ",";
        }
        return json.raw("]}").toBytes();
    }

    private static JsonBytes write(JsonBytes json, ExchangeRecord record) {
        json.raw("{\"id\":").string(record.id().toString());
        json.raw(",\"intent\":").string(record.id().intent().toString());
        json.raw(",\"attempt\":").number(record.id().attempt());
        json.raw(",\"model\":").string(record.model());
        json.raw(",\"state\":").string(record.ending().isEmpty() ? "running" : "ended");
        record.ending()
                .ifPresent(ending ->
                        json.raw(",\"reason\":").string(ending.reason().text()));
        json.raw(",\"cap\":").number(record.cap());
        json.raw(",\"resumed\":").number(record.resumed()).raw(",");
        ChatJson.usage(json, usage(record.counts())).raw(",");
        ChunkWriter.meters(
                json,
                record.ending().map(Ending::timing).map(RecordJson::meters).orElse(Meters.NONE));
        json.raw(",\"startedAt\":").number(record.startedAt());
        record.ending().ifPresent(ending -> json.raw(",\"endedAt\":").number(ending.at()));
        return json.raw("}");
    }

    private static Usage usage(Counts counts) {
        return new Usage(counts.prompt(), counts.cached(), counts.completion(), counts.reasoning());
    }

    private static Meters meters(Timing timing) {
        Expense expense = timing.expense();
        Cost cost = new Cost(
                expense.computeMs(),
                expense.kvByteSeconds(),
                expense.recomputed(),
                expense.joules(),
                expense.bandwidth());
        return new Meters(timing.queueMs(), timing.prefillMs(), timing.decodeMs(), timing.stepRows(), cost);
    }
}
