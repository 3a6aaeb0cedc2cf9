package dev.gatehouse.gateway.vocabulary;

/** Who is calling: a key of a project of a tenant, and what they may ask for. */
public record Caller(TenantId tenant, ProjectId project, KeyId key, Permits permits) {

    /** A caller who may ask for everything. */
    public Caller(TenantId tenant, ProjectId project, KeyId key) {
        this(tenant, project, key, Permits.EVERYTHING);
    }
}
