package dev.gatehouse.gateway.anthropic;

import dev.gatehouse.gateway.vocabulary.Reason;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What a message says at its end. */
final class Ends {

    /** What is of Anthropic's own service. */
    private static final List<String> UNKNOWN =
            List.of("cache_creation", "server_tool_use", "service_tier", "speed", "inference_geo");

    private Ends() {}

    /** Why it ended. Which stop sequence it was is not told by nodes, so an answer that one ended has ended its turn. */
    static void reason(JsonGenerator json, Reason reason) {
        json.writeStringProperty("stop_reason", wire(reason));
        json.writeNullProperty("stop_sequence");
        json.writeNullProperty("stop_details");
    }

    /** Before its end. */
    static void unknown(JsonGenerator json) {
        json.writeNullProperty("stop_reason");
        json.writeNullProperty("stop_sequence");
        json.writeNullProperty("stop_details");
    }

    private static String wire(Reason reason) {
        return switch (reason) {
            case STOP -> "end_turn";
            case LENGTH, BUDGET -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case CONTENT_FILTER -> "refusal";
        };
    }

    /** Tokens of the prompt that were computed, those that were not, and all that were generated. */
    static void usage(JsonGenerator json, Usage usage) {
        json.writeObjectPropertyStart("usage");
        json.writeNumberProperty("input_tokens", usage.prompt() - usage.cached());
        json.writeNumberProperty("cache_creation_input_tokens", 0);
        json.writeNumberProperty("cache_read_input_tokens", usage.cached());
        json.writeNumberProperty("output_tokens", usage.completion());
        json.writeObjectPropertyStart("output_tokens_details");
        json.writeNumberProperty("thinking_tokens", usage.reasoning());
        json.writeEndObject();
        UNKNOWN.forEach(json::writeNullProperty);
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
