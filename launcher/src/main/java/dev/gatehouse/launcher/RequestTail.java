package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Requests that end, as the gateway tells of them. Whenever its stream begins anew, or lost some, a look back finds what has ended meanwhile: requests
 * do not end in the order in which they arrived, so it goes back a while.
 */
final class RequestTail {

    /** One that takes longer to end, and does so while nobody tells of it, is not shown. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AdminClient client;
    private final Map<String, String> query;
    private Set<String> seen = new HashSet<>();
    private boolean begun;

    RequestTail(AdminClient client, Map<String, String> query) {
        this.client = client;
        this.query = query;
    }

    /**
     * Shows each request once as it ends, from now on and until the thread is interrupted; a gateway that goes away is waited for.
     *
     * @throws Failure when it does not answer at first, or refuses
     */
    void follow(Consumer<JsonNode> show) throws InterruptedException {
        while (true) {
            listen(show);
            Thread.sleep(PAUSE);
        }
    }

    /** Shows what ends until the stream does. */
    void listen(Consumer<JsonNode> show) {
        Map<String, String> wanted = new HashMap<>(query);
        wanted.remove("from");
        try (EventStream events = client.events("/requests/live", wanted)) {
            List<JsonNode> missed = next();
            missed.stream().filter(_ -> begun).forEach(show);
            begun = true;
            events.forEach(event -> take(event, show));
        } catch (Failure failure) {
            if (!begun || failure.exit() != Exit.NOT_READY) {
                throw failure;
            }
        }
    }

    private void take(EventStream.Event event, Consumer<JsonNode> show) {
        if (event.name().equals("dropped")) {
            next().forEach(show);
        } else if (event.name().equals("request")
                && seen.add(event.data().path("id").asString())) {
            show.accept(event.data());
        }
    }

    /** Those of the last while that were not seen before, in the order of their arrival. */
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
