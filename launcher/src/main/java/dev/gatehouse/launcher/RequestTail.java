package dev.gatehouse.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Requests that have ended since the last look. Requests do not end in the order in which they arrived, so each look goes back a while. */
final class RequestTail {

    /** One that takes longer to end is not shown. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final AdminClient client;
    private final Map<String, String> query;
    private Set<String> seen = new HashSet<>();

    RequestTail(AdminClient client, Map<String, String> query) {
        this.client = client;
        this.query = query;
    }

    /** Those that were not seen before, in the order of their arrival. */
    List<JsonNode> next() {
        Set<String> present = new HashSet<>();
        List<JsonNode> fresh = new ArrayList<>();
        query.put("from", RequestFilter.ago(OVERLAP));
        client.list("/requests", query, request -> {
            String id = request.path("id").asString();
            present.add(id);
            if (!seen.contains(id)) {
                fresh.addFirst(request);
            }
        });
        seen = present;
        return fresh;
    }
}
