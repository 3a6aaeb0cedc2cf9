package dev.gatehouse.gateway.openai;

import dev.gatehouse.gateway.dialect.Json;
import dev.gatehouse.gateway.vocabulary.IntentId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What every chunk of an answer says of the answer itself.
 *
 * @param created seconds since the epoch
 */
record Envelope(String id, long created, String model) {

    /** For an answer of which nothing has come yet. */
    static Envelope of(IntentId intent, ModelName model) {
        return new Envelope("chatcmpl-" + intent, intent.at().getEpochSecond(), model.value());
    }

    /** As an upstream's frame has it. */
    static Envelope read(byte[] frame, Envelope otherwise) {
        String id = otherwise.id;
        long created = otherwise.created;
        String model = otherwise.model;
        try (JsonParser parser = Json.parser(frame)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "id" -> id = token == JsonToken.VALUE_STRING ? parser.getString() : id;
                    case "created" -> created = token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : created;
                    case "model" -> model = token == JsonToken.VALUE_STRING ? parser.getString() : model;
                    default -> parser.skipChildren();
                }
            }
        }
        return new Envelope(id, created, model);
    }

    /** Whether a frame's delta says whose the answer is. */
    static boolean namesRole(byte[] frame) {
        try (JsonParser parser = Json.parser(frame)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals("role")) {
                    return true;
                }
            }
            return false;
        }
    }
}
