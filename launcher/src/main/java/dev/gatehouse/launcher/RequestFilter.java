package dev.gatehouse.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which requests are wanted. */
final class RequestFilter {

    @Option(names = "--tenant", paramLabel = "NAME|ID", description = "Only this tenant's.")
    private @Nullable String tenant;

    @Option(
            names = "--project",
            paramLabel = "NAME|ID",
            description = "Only this project's; by its name with --tenant, else of the tenant default.")
    private @Nullable String project;

    @Option(names = "--key", paramLabel = "ID", description = "Only those of this API key.")
    private @Nullable String key;

    @Option(names = "--model", paramLabel = "NAME", description = "Only those for this model.")
    private @Nullable String model;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "Only those that ended so: completed, refused, cut, left, failed, not_dispatched, recovered or"
                            + " unknown.")
    private @Nullable String kind;

    /** As parameters of the administration, without a time. */
    Map<String, String> query(AdminClient client) {
        Map<String, String> query = new LinkedHashMap<>();
        Places places = new Places(client);
        if (tenant != null) {
            query.put("tenant", places.tenant(tenant));
        }
        if (project != null) {
            query.put("project", places.project(tenant == null ? "default" : tenant, project));
        }
        put(query, "key", key);
        put(query, "model", model);
        put(query, "kind", kind);
        return query;
    }

    /** The moment that was so long ago, for a parameter. */
    static String ago(Duration time) {
        return Instant.now().minus(time).toString();
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
