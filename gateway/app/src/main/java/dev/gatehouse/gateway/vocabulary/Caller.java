package dev.gatehouse.gateway.vocabulary;

/** Who is calling: a key of a project of a tenant, and what limits them. */
public record Caller(TenantId tenant, ProjectId project, KeyId key, Limits limits) {

    /** A caller whom only the gateway's defaults limit. */
    public Caller(TenantId tenant, ProjectId project, KeyId key) {
        this(tenant, project, key, Limits.DEFAULT);
    }
}
