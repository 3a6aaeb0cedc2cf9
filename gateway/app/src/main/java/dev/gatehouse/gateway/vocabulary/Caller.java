package dev.gatehouse.gateway.vocabulary;

/** Who is calling: a key of a project of a tenant. */
public record Caller(TenantId tenant, ProjectId project, KeyId key) {}
