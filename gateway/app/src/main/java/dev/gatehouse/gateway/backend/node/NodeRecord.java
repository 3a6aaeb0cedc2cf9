package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.Meters;
import dev.gatehouse.gateway.vocabulary.Usage;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node's own record of an exchange. */
record NodeRecord(int attempt, boolean running, String reason, Usage usage) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** @throws tools.jackson.core.JacksonException when the bytes are not a record */
    static NodeRecord read(byte[] bytes) {
        return of(JSON.readTree(bytes));
    }

    static NodeRecord of(JsonNode json) {
        boolean running = json.path("state").asString("").equals("running");
        return new NodeRecord(
                json.path("attempt").asInt(),
                running,
                json.path("reason").asString(""),
                usage(json.path("usage"), json.path("meters"), !running));
    }

    private static Usage usage(JsonNode usage, JsonNode meters, boolean exact) {
        return new Usage(
                usage.path("prompt_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(0),
                usage.path("completion_tokens").asLong(),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong(0),
                new Meters(
                        meters.path("queueMs").asDouble(0),
                        meters.path("prefillMs").asDouble(0),
                        meters.path("decodeMs").asDouble(0),
                        meters.path("stepRows").asDouble(0),
                        meters.path("computeMs").asDouble(0),
                        meters.path("kvByteSeconds").asDouble(0),
                        meters.path("joules").isNumber()
                                ? OptionalDouble.of(meters.path("joules").asDouble())
                                : OptionalDouble.empty()),
                exact);
    }
}
