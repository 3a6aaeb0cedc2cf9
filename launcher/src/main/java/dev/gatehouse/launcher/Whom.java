package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose budget a verb is about. */
final class Whom {
    @Option(names = "--organisation", description = "All tenants together.")
    private boolean organisation;

    @Option(names = "--tenant", paramLabel = "NAME|ID", description = "A tenant; with --project that project of it.")
    private @Nullable String tenant;

    @Option(
            names = "--project",
            paramLabel = "NAME|ID",
            description = "A project, of the tenant default if none is named.")
    private @Nullable String project;

    @Option(names = "--key", paramLabel = "NAME|ID", description = "An API key.")
    private @Nullable String key;

    /** Level and subject as the administration takes them; nothing when nobody was named. */
    Map<String, String> members(Places places) {
        Map<String, String> members = new LinkedHashMap<>();
        if (organisation) {
            members.put("level", "organisation");
        } else if (key != null) {
            members.put("level", "key");
            members.put("subject", places.key(key));
        } else if (project != null) {
            members.put("level", "project");
            members.put("subject", places.project(tenant == null ? "default" : tenant, project));
        } else if (tenant != null) {
            members.put("level", "tenant");
            members.put("subject", places.tenant(tenant));
        }
        return members;
    }

    /** As {@link #members}, when somebody must be named. */
    Map<String, String> required(Places places) {
        Map<String, String> members = members(places);
        if (members.isEmpty()) {
            throw new Failure(Exit.USAGE, "say whose budget: --organisation, --tenant, --project or --key");
        }
        return members;
    }
}
