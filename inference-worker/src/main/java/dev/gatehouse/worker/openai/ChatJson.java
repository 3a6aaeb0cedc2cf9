package dev.gatehouse.worker.openai;

import dev.gatehouse.worker.engine.FinishReason;
import dev.gatehouse.worker.engine.TokenLogprob;
import dev.gatehouse.worker.engine.TokenLogprob.Alternative;
import dev.gatehouse.worker.engine.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The parts that chunks and completions share. */
public final class ChatJson {

    private ChatJson() {}

    /** {@code "usage":{…}}. */
    public static JsonBytes usage(JsonBytes json, Usage usage) {
        return json.raw("\"usage\":{\"prompt_tokens\":")
                .number(usage.prompt())
                .raw(",\"completion_tokens\":")
                .number(usage.completion())
                .raw(",\"total_tokens\":")
                .number(usage.prompt() + usage.completion())
                .raw(",\"prompt_tokens_details\":{\"cached_tokens\":")
                .number(usage.cached())
                .raw("},\"completion_tokens_details\":{\"reasoning_tokens\":")
                .number(usage.reasoning())
                .raw("}}");
    }

    /** {@code "logprobs":…}: null without any. */
    static JsonBytes logprobs(JsonBytes json, List<TokenLogprob> logprobs) {
        if (logprobs.isEmpty()) {
            return json.raw("\"logprobs\":null");
        }
        json.raw("\"logprobs\":{\"content\":[");
        String separator = "";
        for (TokenLogprob token : logprobs) {
            token(json.raw(separator), token);
            separator = ",";
        }
        return json.raw("]}");
    }

    private static void token(JsonBytes json, TokenLogprob token) {
        alternative(json.raw("{"), token.bytes(), token.logprob()).raw(",\"top_logprobs\":[");
        String separator = "";
        for (Alternative other : token.top()) {
            alternative(json.raw(separator).raw("{"), other.bytes(), other.logprob())
                    .raw("}");
            separator = ",";
        }
        json.raw("]}");
    }

    private static JsonBytes alternative(JsonBytes json, byte[] bytes, double logprob) {
        json.raw("\"token\":").string(new String(bytes, StandardCharsets.UTF_8));
        json.raw(",\"logprob\":").number(logprob).raw(",\"bytes\":[");
        for (int i = 0; i < bytes.length; i++) {
            json.raw(i == 0 ? "" : ",").number(bytes[i] & 0xFF);
        }
        return json.raw("]");
    }

    static String reason(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CANCELLED -> throw new IllegalArgumentException("a cancelled answer has no finish reason");
        };
    }
}
