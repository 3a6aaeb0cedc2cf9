package dev.gatehouse.worker.node;

import dev.gatehouse.worker.ledger.Totals;
import dev.gatehouse.worker.openai.JsonBytes;

/** Writes sums of records as the node protocol has them. */
final class TotalsJson {

    private TotalsJson() {}

    static byte[] of(Totals totals) {
        return new JsonBytes()
                .raw("{\"exchanges\":")
                .number(totals.exchanges())
                .raw(",\"usage\":{\"prompt_tokens\":")
                .number(totals.prompt())
                .raw(",\"completion_tokens\":")
                .number(totals.completion())
                .raw(",\"total_tokens\":")
                .number(totals.prompt() + totals.completion())
                .raw(",\"prompt_tokens_details\":{\"cached_tokens\":")
                .number(totals.cached())
                .raw("},\"completion_tokens_details\":{\"reasoning_tokens\":")
                .number(totals.reasoning())
                .raw("}}}")
                .toBytes();
    }
}
