package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.TenantTransactions;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.support.SqlArrayValue;

/** The tables {@code tenants}, {@code projects} and {@code keys}. What belongs to a tenant is written in that tenant's own transaction. */
final class PostgresKeyStore implements KeyStore {

    private static final String FIND = """
            SELECT hmac, tenant, project, id, expires_at, revoked_at FROM keys WHERE hmac = ANY (?)
            """;

    /** Without a conflict target: a tenant's transaction may not read digests. */
    private static final String ADD = """
            INSERT INTO keys (tenant, project, name, prefix, hmac, pepper_version, expires_at)
            VALUES (:tenant, :project, :name, :prefix, :hmac, :pepper, :expires)
            ON CONFLICT DO NOTHING
            RETURNING id
            """;

    private final CoreDatabase core;
    private final TenantTransactions tenants;

    PostgresKeyStore(CoreDatabase core, TenantTransactions tenants) {
        this.core = core;
        this.tenants = tenants;
    }

    @Override
    public Map<KeyDigest, KeyRecord> find(Collection<KeyDigest> digests) {
        byte[][] hmacs = digests.stream().map(KeyDigest::bytes).toArray(byte[][]::new);
        return core
                .query(client -> client.sql(FIND)
                        .param(new SqlArrayValue("bytea", (Object[]) hmacs))
                        .query((row, _) -> Map.entry(new KeyDigest(row.getBytes("hmac")), key(row)))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Optional<KeyId> add(NewKey key) {
        return tenants.as(
                key.tenant(),
                client -> client.sql(ADD)
                        .param("tenant", key.tenant().value())
                        .param("project", key.project().value())
                        .param("name", key.name())
                        .param("prefix", key.prefix())
                        .param("hmac", key.digest().bytes())
                        .param("pepper", key.pepper())
                        .param(
                                "expires",
                                key.expires()
                                        .map(end -> end.atOffset(ZoneOffset.UTC))
                                        .orElse(null),
                                Types.TIMESTAMP_WITH_TIMEZONE)
                        .query(UUID.class)
                        .optional()
                        .map(KeyId::new));
    }

    @Override
    public TenantId tenant(String name) {
        core.query(client -> client.sql("INSERT INTO tenants (name) VALUES (?) ON CONFLICT (name) DO NOTHING")
                .param(name)
                .update());
        return new TenantId(core.query(client -> client.sql("SELECT id FROM tenants WHERE name = ?")
                .param(name)
                .query(UUID.class)
                .single()));
    }

    @Override
    public ProjectId project(TenantId tenant, String name) {
        return tenants.as(tenant, client -> {
            client.sql("INSERT INTO projects (tenant, name) VALUES (?, ?) ON CONFLICT (tenant, name) DO NOTHING")
                    .params(tenant.value(), name)
                    .update();
            return new ProjectId(client.sql("SELECT id FROM projects WHERE name = ?")
                    .param(name)
                    .query(UUID.class)
                    .single());
        });
    }

    private static KeyRecord key(ResultSet row) throws SQLException {
        Caller caller = new Caller(
                new TenantId(row.getObject("tenant", UUID.class)),
                new ProjectId(row.getObject("project", UUID.class)),
                new KeyId(row.getObject("id", UUID.class)));
        return new KeyRecord(caller, time(row, "expires_at"), time(row, "revoked_at"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
