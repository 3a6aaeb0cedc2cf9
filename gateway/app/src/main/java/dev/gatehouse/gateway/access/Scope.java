package dev.gatehouse.gateway.access;

/** Something that a user may do in the administration. */
public enum Scope {
    TENANTS_READ,
    TENANTS_WRITE,
    PROJECTS_READ,
    PROJECTS_WRITE,
    KEYS_READ,
    KEYS_WRITE,
    LIMITS_READ,
    LIMITS_WRITE,
    PRICES_READ,
    PRICES_WRITE,
    REQUESTS_READ,
    USAGE_READ,
    RECONCILE,
    USERS_READ,
    USERS_WRITE,
    ACTS_READ,
    NODES_READ,
    NODES_WRITE,
    PLAYGROUND,
    ACCESS_ASK,
    ACCESS_DECIDE
}
