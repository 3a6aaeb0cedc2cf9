package dev.gatehouse.worker.node;

import dev.gatehouse.worker.openai.JsonBytes;

/** Writes quotes as the node protocol has them. */
final class QuoteJson {

    private QuoteJson() {}

    static byte[] of(int promptTokens) {
        return new JsonBytes().raw("{\"tokens\":").number(promptTokens).raw("}").toBytes();
    }
}
