package dev.gatehouse.worker.engine;

import dev.gatehouse.worker.engine.RefusedException.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the echo engine takes from a chat request.
 *
 * @param tokens words of all messages
 * @param lastUserText text of the last message of a user; empty if there is none
 */
record EchoPrompt(int tokens, String lastUserText) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static EchoPrompt of(byte[] chat) throws RefusedException {
        int tokens = 0;
        String last = "";
        for (JsonNode message : read(chat).path("messages")) {
            String text = text(message.path("content"));
            tokens += EchoPlan.countWords(text);
            if (message.path("role").asString("").equals("user")) {
                last = text;
            }
        }
        return new EchoPrompt(tokens, last);
    }

    private static JsonNode read(byte[] chat) throws RefusedException {
        try {
            return JSON.readTree(chat);
        } catch (JacksonException e) {
            throw new RefusedException(
                    Kind.CALLER, "invalid_json", "", "The body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.asString("");
        }
        StringBuilder all = new StringBuilder();
        content.forEach(part -> all.append(part.path("text").asString("")));
        return all.toString();
    }
}
