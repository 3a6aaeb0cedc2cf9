package dev.gatehouse.gateway.access.web;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.gatehouse.gateway.access.Role;
import dev.gatehouse.gateway.access.Scope;
import java.util.List;
import org.springframework.http.HttpMethod;

/**
 * Who may make a request. What no rule names is refused.
 *
 * @param path as its mapping writes it
 */
public record Rule(HttpMethod method, String path, Who who) {

    /** Whom a rule lets in. */
    sealed interface Who {

        /** Users whose role has the scope. */
        record Scoped(Scope scope) implements Who {}

        /** Every user. */
        record SignedIn() implements Who {}

        /** Whoever comes. */
        record Anybody() implements Who {}
    }

    public static final String ROOT = "/api/admin/v1";

    static final List<Rule> ALL = List.of(
            new Rule(POST, ROOT + "/session", new Who.Anybody()),
            new Rule(GET, ROOT + "/session", new Who.SignedIn()),
            new Rule(DELETE, ROOT + "/session", new Who.SignedIn()),
            new Rule(PUT, ROOT + "/session/password", new Who.SignedIn()),
            new Rule(POST, ROOT + "/session/links", new Who.SignedIn()),
            new Rule(GET, ROOT + "/users", Scope.USERS_READ),
            new Rule(POST, ROOT + "/users", Scope.USERS_WRITE),
            new Rule(GET, ROOT + "/users/{id}", Scope.USERS_READ),
            new Rule(PUT, ROOT + "/users/{id}", Scope.USERS_WRITE),
            new Rule(DELETE, ROOT + "/users/{id}", Scope.USERS_WRITE),
            new Rule(POST, ROOT + "/users/{id}/links", Scope.USERS_WRITE),
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
            new Rule(GET, ROOT + "/access-requests", Scope.ACCESS_ASK),
            new Rule(POST, ROOT + "/access-requests", Scope.ACCESS_ASK),
            new Rule(POST, ROOT + "/access-requests/{id}/approve", Scope.ACCESS_DECIDE),
            new Rule(POST, ROOT + "/access-requests/{id}/decline", Scope.ACCESS_DECIDE),
            new Rule(GET, ROOT + "/grants", Scope.ACCESS_DECIDE),
            new Rule(GET, ROOT + "/grants/{id}", Scope.ACCESS_DECIDE),
            new Rule(DELETE, ROOT + "/grants/{id}", Scope.ACCESS_DECIDE),
            new Rule(GET, ROOT + "/me", new Who.SignedIn()),
            new Rule(GET, ROOT + "/views", new Who.SignedIn()),
            new Rule(PUT, ROOT + "/views", new Who.SignedIn()),
            new Rule(DELETE, ROOT + "/views", new Who.SignedIn()),
            new Rule(POST, ROOT + "/playground/chat/completions", Scope.PLAYGROUND),
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

    Rule(HttpMethod method, String path, Scope scope) {
        this(method, path, new Who.Scoped(scope));
    }

    /** Whether the rule lets users of that role in. */
    boolean admits(Role role) {
        return switch (who) {
            case Who.Scoped(Scope scope) -> role.scopes().contains(scope);
            case Who.SignedIn() -> true;
            case Who.Anybody() -> true;
        };
    }
}
