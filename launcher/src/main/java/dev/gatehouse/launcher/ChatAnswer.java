package dev.gatehouse.launcher;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A complete answer.
 *
 * @param reasoning the model's thinking; empty when it has none
 * @param completionTokens thinking and content
 * @param firstTokenMs from sending the question to the first piece of the answer
 * @param tokensPerSecond after the first token; 0 when there was only one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatAnswer(
        String model,
        String content,
        String reasoning,
        @Nullable String finishReason,
        long promptTokens,
        long completionTokens,
        long firstTokenMs,
        double tokensPerSecond) {
    String json() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    /** First-token time and speed, for a person. */
    String speed() {
        return String.format(
                Locale.ROOT,
                "%s: first token after %d ms, %d tokens, %.1f tokens/s",
                model,
                firstTokenMs,
                completionTokens,
                tokensPerSecond);
    }
}
