package dev.gatehouse.bench.quota;

import dev.gatehouse.bench.node.Script;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The request that every caller sends: the node plays its script. */
final class Question {

    private static final JsonMapper JSON = new JsonMapper();

    private Question() {}

    static String json(Script script, boolean stream) {
        return JSON.writeValueAsString(Map.of(
                "model",
                Installation.MODEL,
                "messages",
                List.of(Map.of("role", "user", "content", script.toJson())),
                "max_tokens",
                script.tokens(),
                "stream",
                stream));
    }
}
