package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tenants and projects by name or id. */
record Places(AdminClient client) {
    String tenant(String nameOrId) {
        return isId(nameOrId) ? nameOrId : named("/tenants", Map.of(), nameOrId, "tenant");
    }

    String project(String tenant, String nameOrId) {
        return isId(nameOrId) ? nameOrId : named("/projects", Map.of("tenant", tenant(tenant)), nameOrId, "project");
    }

    private String named(String path, Map<String, String> filter, String name, String what) {
        Map<String, String> query = new LinkedHashMap<>(filter);
        query.put("name", name);
        List<String> ids = new ArrayList<>();
        client.list(path, query, one -> {
            if (one.path("name").asString().equals(name)) {
                ids.add(one.path("id").asString());
            }
        });
        if (ids.isEmpty()) {
            throw new Failure(Exit.NOT_FOUND, "there is no %s '%s'".formatted(what, name));
        }
        return ids.getFirst();
    }

    private static boolean isId(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }
}
