package dev.gatehouse.worker.node;

import dev.gatehouse.worker.engine.Begun;
import dev.gatehouse.worker.openai.ApiError;
import dev.gatehouse.worker.openai.ApiException;
import dev.gatehouse.worker.openai.Json;
import tools.jackson.databind.JsonNode;

/** Reads the {@code gh} of a resume: what of the answer has been shown. */
final class BegunJson {

    private BegunJson() {}

    /** @throws ApiException 400: the body has no such {@code gh} */
    static Begun read(byte[] body) throws ApiException {
        JsonNode gh = Json.object(body).path("gh");
        JsonNode characters = gh.path("characters");
        if (!characters.canConvertToLong() || characters.longValue() < 0) {
            throw wrong("gh.characters", "must be a whole number of at least 0");
        }
        return new Begun(ids(gh.path("ids")), characters.longValue());
    }

    private static int[] ids(JsonNode ids) throws ApiException {
        if (!ids.isArray() || ids.isEmpty()) {
            throw wrong("gh.ids", "must be a list of at least one token");
        }
        int[] tokens = new int[ids.size()];
        for (int i = 0; i < tokens.length; i++) {
            JsonNode id = ids.get(i);
            if (!id.isIntegralNumber() || !id.canConvertToInt()) {
                throw wrong("gh.ids", "must be a list of tokens, which are whole numbers");
            }
            tokens[i] = id.intValue();
        }
        return tokens;
    }

    private static ApiException wrong(String param, String what) {
        return new ApiException(ApiError.caller(400, "invalid_value", param, param + " " + what + "."));
    }
}
