package dev.gatehouse.gateway.vocabulary;

/** Who is calling: a key of a project of a tenant, what limits them, and what they may ask for. */
public record Caller(TenantId tenant, ProjectId project, KeyId key, Limits limits, Permits permits) {

    /** A caller who may ask for everything. */
    public Caller(TenantId tenant, ProjectId project, KeyId key, Limits limits) {
        this(tenant, project, key, limits, Permits.EVERYTHING);
    }

    /** A caller whom only the gateway's defaults limit. */
    public Caller(TenantId tenant, ProjectId project, KeyId key) {
        this(tenant, project, key, Limits.DEFAULT);
    }
}
