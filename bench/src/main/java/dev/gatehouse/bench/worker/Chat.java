package dev.gatehouse.bench.worker;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One question.
 *
 * @param system what several may share
 * @param tokens of the answer, which never ends earlier
 */
record Chat(String system, String user, int tokens) {

    private static final JsonMapper JSON = new JsonMapper();

    String json(String model) {
        return JSON.writeValueAsString(Map.of(
                "model",
                model,
                "messages",
                List.of(message("system", system), message("user", user)),
                "max_tokens",
                tokens,
                "temperature",
                0,
                "stream",
                true,
                "stream_options",
                Map.of("include_usage", true)));
    }

    private static Map<String, String> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }
}
