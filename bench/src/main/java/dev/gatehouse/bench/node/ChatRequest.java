package dev.gatehouse.bench.node;

import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the mock needs to know of a chat completion request.
 *
 * @param limit the request's own bound of completion tokens, {@link Integer#MAX_VALUE} where it states none
 * @param promptTokens a plausible count: a quarter of the body's bytes
 */
record ChatRequest(String model, Script script, boolean stream, boolean usageInStream, int limit, int promptTokens) {

    private static final JsonMapper JSON = new JsonMapper();

    /** @throws RuntimeException if the body is not JSON or its script is out of range; the message says what to change */
    static ChatRequest parse(byte[] body) {
        JsonNode root = JSON.readTree(body);
        return new ChatRequest(
                root.path("model").asString(""),
                Script.parse(lastUserText(root.path("messages"))),
                root.path("stream").asBoolean(false),
                root.path("stream_options").path("include_usage").asBoolean(false),
                limit(root),
                Math.max(1, body.length / 4));
    }

    /** Tokens that will be generated, unless someone stops it. */
    int tokens() {
        return Math.min(script.tokens(), limit);
    }

    Reason naturalEnd() {
        return script.tokens() <= limit ? Reason.STOP : Reason.LENGTH;
    }

    private static String lastUserText(JsonNode messages) {
        return StreamSupport.stream(messages.spliterator(), false)
                .filter(message -> message.path("role").asString("").equals("user"))
                .map(message -> message.path("content").asString(""))
                .reduce("", (earlier, later) -> later);
    }

    private static int limit(JsonNode root) {
        int old = root.path("max_tokens").asInt(Integer.MAX_VALUE);
        return root.path("max_completion_tokens").asInt(old);
    }
}
