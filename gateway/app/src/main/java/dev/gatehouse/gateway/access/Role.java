package dev.gatehouse.gateway.access;

import static dev.gatehouse.gateway.access.Scope.ACCESS_ASK;
import static dev.gatehouse.gateway.access.Scope.ACCESS_DECIDE;
import static dev.gatehouse.gateway.access.Scope.ACTS_READ;
import static dev.gatehouse.gateway.access.Scope.KEYS_READ;
import static dev.gatehouse.gateway.access.Scope.KEYS_WRITE;
import static dev.gatehouse.gateway.access.Scope.LIMITS_READ;
import static dev.gatehouse.gateway.access.Scope.LIMITS_WRITE;
import static dev.gatehouse.gateway.access.Scope.NODES_READ;
import static dev.gatehouse.gateway.access.Scope.NODES_WRITE;
import static dev.gatehouse.gateway.access.Scope.PLAYGROUND;
import static dev.gatehouse.gateway.access.Scope.PRICES_READ;
import static dev.gatehouse.gateway.access.Scope.PRICES_WRITE;
import static dev.gatehouse.gateway.access.Scope.PROJECTS_READ;
import static dev.gatehouse.gateway.access.Scope.PROJECTS_WRITE;
import static dev.gatehouse.gateway.access.Scope.RECONCILE;
import static dev.gatehouse.gateway.access.Scope.REQUESTS_READ;
import static dev.gatehouse.gateway.access.Scope.TENANTS_READ;
import static dev.gatehouse.gateway.access.Scope.USAGE_READ;
import static dev.gatehouse.gateway.access.Scope.USERS_READ;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a user is, and so what they may do: the one table of roles and scopes. */
public enum Role {
    OWNER(Scope.values()),
    ADMIN(
            TENANTS_READ,
            PROJECTS_READ,
            PROJECTS_WRITE,
            KEYS_READ,
            KEYS_WRITE,
            LIMITS_READ,
            LIMITS_WRITE,
            PRICES_READ,
            REQUESTS_READ,
            USAGE_READ,
            USERS_READ,
            ACTS_READ,
            NODES_READ,
            NODES_WRITE,
            PLAYGROUND,
            ACCESS_ASK,
            ACCESS_DECIDE),
    AUDITOR(
            TENANTS_READ,
            PROJECTS_READ,
            KEYS_READ,
            LIMITS_READ,
            PRICES_READ,
            REQUESTS_READ,
            USAGE_READ,
            RECONCILE,
            USERS_READ,
            ACTS_READ,
            NODES_READ),
    BILLING(
            TENANTS_READ,
            PROJECTS_READ,
            LIMITS_READ,
            LIMITS_WRITE,
            PRICES_READ,
            PRICES_WRITE,
            USAGE_READ,
            RECONCILE,
            NODES_READ),
    DEVELOPER(
            PROJECTS_READ,
            KEYS_READ,
            KEYS_WRITE,
            LIMITS_READ,
            PRICES_READ,
            REQUESTS_READ,
            USAGE_READ,
            PLAYGROUND,
            ACCESS_ASK);

    private final Set<Scope> scopes;

    Role(Scope... scopes) {
        this.scopes = EnumSet.noneOf(Scope.class);
        this.scopes.addAll(Set.of(scopes));
    }

    public Set<Scope> scopes() {
        return Set.copyOf(scopes);
    }

    /** The role of that name in lower case. */
    static Role of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    /** Its name in the database. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
