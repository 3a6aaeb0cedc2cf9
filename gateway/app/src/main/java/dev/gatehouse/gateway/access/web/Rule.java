package dev.gatehouse.gateway.access.web;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.gatehouse.gateway.access.Scope;
import java.util.List;
import org.springframework.http.HttpMethod;

/** Which scope a request needs. What no rule names is refused. */
public record Rule(HttpMethod method, String path, Scope scope) {

    public static final String ROOT = "/api/admin/v1";

    static final List<Rule> ALL = List.of(
            new Rule(GET, ROOT + "/tenants", Scope.TENANTS_READ),
            new Rule(POST, ROOT + "/tenants", Scope.TENANTS_WRITE),
            new Rule(GET, ROOT + "/tenants/{id}", Scope.TENANTS_READ),
            new Rule(PUT, ROOT + "/tenants/{id}", Scope.TENANTS_WRITE),
            new Rule(GET, ROOT + "/projects", Scope.PROJECTS_READ),
            new Rule(POST, ROOT + "/projects", Scope.PROJECTS_WRITE),
            new Rule(GET, ROOT + "/projects/{id}", Scope.PROJECTS_READ),
            new Rule(PUT, ROOT + "/projects/{id}", Scope.PROJECTS_WRITE),
            new Rule(GET, ROOT + "/keys", Scope.KEYS_READ),
            new Rule(POST, ROOT + "/keys", Scope.KEYS_WRITE),
            new Rule(GET, ROOT + "/keys/{id}", Scope.KEYS_READ),
            new Rule(PUT, ROOT + "/keys/{id}", Scope.KEYS_WRITE),
            new Rule(POST, ROOT + "/keys/{id}/rotate", Scope.KEYS_WRITE),
            new Rule(DELETE, ROOT + "/keys/{id}", Scope.KEYS_WRITE),
            new Rule(GET, ROOT + "/limits", Scope.LIMITS_READ),
            new Rule(POST, ROOT + "/limits", Scope.LIMITS_WRITE),
            new Rule(GET, ROOT + "/limits/{id}", Scope.LIMITS_READ),
            new Rule(PUT, ROOT + "/limits/{id}", Scope.LIMITS_WRITE),
            new Rule(DELETE, ROOT + "/limits/{id}", Scope.LIMITS_WRITE),
            new Rule(POST, ROOT + "/limits/{id}/overrides", Scope.LIMITS_WRITE),
            new Rule(DELETE, ROOT + "/limits/{id}/overrides/{override}", Scope.LIMITS_WRITE),
            new Rule(GET, ROOT + "/quota", Scope.LIMITS_READ),
            new Rule(GET, ROOT + "/prices", Scope.PRICES_READ),
            new Rule(POST, ROOT + "/prices", Scope.PRICES_WRITE),
            new Rule(GET, ROOT + "/prices/{id}", Scope.PRICES_READ),
            new Rule(PUT, ROOT + "/prices/{id}", Scope.PRICES_WRITE),
            new Rule(DELETE, ROOT + "/prices/{id}", Scope.PRICES_WRITE),
            new Rule(GET, ROOT + "/tariffs", Scope.PRICES_READ),
            new Rule(POST, ROOT + "/tariffs", Scope.PRICES_WRITE),
            new Rule(DELETE, ROOT + "/tariffs/{id}", Scope.PRICES_WRITE),
            new Rule(GET, ROOT + "/requests", Scope.REQUESTS_READ),
            new Rule(GET, ROOT + "/requests/histogram", Scope.REQUESTS_READ),
            new Rule(GET, ROOT + "/requests/live", Scope.REQUESTS_READ),
            new Rule(GET, ROOT + "/requests/{id}", Scope.REQUESTS_READ),
            new Rule(GET, ROOT + "/series", Scope.USAGE_READ),
            new Rule(GET, ROOT + "/overview", Scope.USAGE_READ),
            new Rule(GET, ROOT + "/usage", Scope.USAGE_READ),
            new Rule(GET, ROOT + "/usage/forecast", Scope.USAGE_READ),
            new Rule(GET, ROOT + "/acts", Scope.ACTS_READ),
            new Rule(GET, ROOT + "/nodes", Scope.NODES_READ),
            new Rule(GET, ROOT + "/nodes/{name}", Scope.NODES_READ),
            new Rule(POST, ROOT + "/nodes/{name}/drain", Scope.NODES_WRITE),
            new Rule(POST, ROOT + "/nodes/{name}/undrain", Scope.NODES_WRITE),
            new Rule(GET, ROOT + "/models", Scope.PRICES_READ),
            new Rule(POST, ROOT + "/reconciliations", Scope.RECONCILE));
}
