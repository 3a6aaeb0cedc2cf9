package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Quote;
import dev.gatehouse.worker.openai.JsonBytes;

/** Writes quotes as the node protocol has them. */
final class QuoteJson {

    private QuoteJson() {}

    static byte[] of(Quote quote) {
        return new JsonBytes()
                .raw("{\"tokens\":")
                .number(quote.tokens())
                .raw(",\"cached\":")
                .number(quote.cached())
                .raw(",\"queueMs\":")
                .number(rounded(quote.queueMs()))
                .raw(",\"prefillMs\":")
                .number(rounded(quote.prefillMs()))
                .raw("}")
                .toBytes();
    }

    private static double rounded(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}
