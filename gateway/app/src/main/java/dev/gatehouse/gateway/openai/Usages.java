package dev.gatehouse.gateway.openai;

import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Usage;
import tools.jackson.core.JsonGenerator;

/** The {@code usage} object, and what goes beside it. */
final class Usages {

    private Usages() {}

    static void write(JsonGenerator json, Usage usage) {
        json.writeObjectPropertyStart("usage");
        json.writeNumberProperty("prompt_tokens", usage.prompt());
        json.writeNumberProperty("completion_tokens", usage.completion());
        json.writeNumberProperty("total_tokens", usage.total());
        json.writeObjectPropertyStart("prompt_tokens_details");
        json.writeNumberProperty("cached_tokens", usage.cached());
        json.writeEndObject();
        json.writeObjectPropertyStart("completion_tokens_details");
        json.writeNumberProperty("reasoning_tokens", usage.reasoning());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Why we stopped an answer that the dialect can only call too long. */
    static void stop(JsonGenerator json, Reason reason) {
        if (reason == Reason.BUDGET) {
            json.writeObjectPropertyStart("gh");
            json.writeStringProperty("stop", "budget");
            json.writeEndObject();
        }
    }
}
