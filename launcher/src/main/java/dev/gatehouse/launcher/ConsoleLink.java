package dev.gatehouse.launcher;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Signs a user in to the console, once.
 *
 * @param url to open in a browser; the secret is in its fragment, which browsers send to no server
 * @param expires ISO 8601
 */
record ConsoleLink(String url, String expires) {
    /** One for the client's own user. */
    static ConsoleLink make(AdminClient client) {
        JsonNode made = client.post("/session/links", Map.of());
        return new ConsoleLink(
                client.url() + "/console/#link=" + made.path("link").asString(),
                made.path("expires").asString());
    }
}
