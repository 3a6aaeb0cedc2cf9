package dev.gatehouse.bench.node;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the mock node plays as the answer to one request. It travels as the JSON text of the last user message, so that
 * every proxy carries it unchanged; absent fields take the values of {@link #DEFAULT}.
 *
 * @param tokens tokens of the whole answer, 1 to {@value #MAX_TOKENS}
 * @param perFrame tokens of one frame, at least 1
 * @param paceMs milliseconds from frame to frame; 0 sends all frames at once
 * @param firstMs milliseconds before the first frame
 * @param tag a name under which the sender watches the exchange start and stop; empty for none
 */
public record Script(int tokens, int perFrame, int paceMs, int firstMs, String tag) {

    static final int MAX_TOKENS = 4096;
    static final Script DEFAULT = new Script(16, 1, 0, 0, "");

    private static final int MAX_DELAY_MS = 60_000;
    private static final JsonMapper JSON = new JsonMapper();

    public Script {
        requireRange("tokens", tokens, 1, MAX_TOKENS);
        requireRange("perFrame", perFrame, 1, MAX_TOKENS);
        requireRange("paceMs", paceMs, 0, MAX_DELAY_MS);
        requireRange("firstMs", firstMs, 0, MAX_DELAY_MS);
    }

    /** All tokens in one frame, at once. */
    public static Script burst(int tokens) {
        return new Script(tokens, tokens, 0, 0, "");
    }

    /** One token a frame, a frame every {@code paceMs} milliseconds. */
    public static Script paced(int tokens, int paceMs) {
        return new Script(tokens, 1, paceMs, 0, "");
    }

    public Script after(int delayMs) {
        return new Script(tokens, perFrame, paceMs, delayMs, tag);
    }

    public Script tagged(String name) {
        return new Script(tokens, perFrame, paceMs, firstMs, name);
    }

    /** Frames that carry tokens. */
    public int frames() {
        return Math.ceilDiv(tokens, perFrame);
    }

    public String toJson() {
        return JSON.writeValueAsString(this);
    }

    /**
     * Reads the text of a user message; a text that is not a JSON object is no script and plays {@link #DEFAULT}.
     *
     * @throws IllegalArgumentException if a field is out of its range
     */
    static Script parse(String message) {
        if (!message.startsWith("{")) {
            return DEFAULT;
        }
        try {
            return from(JSON.readTree(message));
        } catch (JacksonException notJson) {
            return DEFAULT;
        }
    }

    private static Script from(JsonNode node) {
        return new Script(
                node.path("tokens").asInt(DEFAULT.tokens),
                node.path("perFrame").asInt(DEFAULT.perFrame),
                node.path("paceMs").asInt(DEFAULT.paceMs),
                node.path("firstMs").asInt(DEFAULT.firstMs),
                node.path("tag").asString(DEFAULT.tag));
    }

    private static void requireRange(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "script field %s is %d; it must be %d to %d".formatted(field, value, min, max));
        }
    }
}
