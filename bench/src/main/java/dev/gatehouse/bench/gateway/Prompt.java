package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.node.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The request that every figure is taken with: {@value #BYTES} bytes of JSON, prose in front of the script. */
final class Prompt {

    static final int BYTES = 1_024;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROSE =
            "You answer questions about the opening hours, the rooms and the garden of a museum "
                    + "by the river. Answer in plain words and in no more than three short paragraphs. When you do not know, "
                    + "say so and name the desk at the entrance. Never promise a seat, a guide or a refund. The museum opens "
                    + "at ten in the morning and closes at dusk; on the first day of each month it stays closed. Children "
                    + "come in free of charge with a grown person. Bags go into the lockers beside the stairs. Pictures may "
                    + "be taken without a lamp. The garden has two gates, and the northern one is closed in winter. ";

    private Prompt() {}

    static String json(String model, Script script, boolean stream) {
        int bare = render(model, "", script, stream).getBytes(StandardCharsets.UTF_8).length;
        String filler = PROSE.repeat(2).substring(0, Math.max(0, BYTES - bare));
        return render(model, filler, script, stream);
    }

    private static String render(String model, String system, Script script, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("messages", new ArrayList<>(List.of(message("system", system), message("user", script.toJson()))));
        body.put("max_tokens", script.tokens());
        body.put("temperature", 0);
        body.put("stream", stream);
        if (stream) {
            body.put("stream_options", Map.of("include_usage", true));
        }
        return JSON.writeValueAsString(body);
    }

    private static Map<String, String> message(String role, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }
}
