package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.TenantTransactions;
import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.SqlArrayValue;

/** The tables {@code tenants}, {@code projects}, {@code keys} and {@code key_secrets}. What belongs to a tenant is written in that tenant's own transaction. */
final class PostgresKeyStore implements KeyStore {

    private static final String FIND = """
            SELECT s.hmac, k.tenant, k.project, k.id, least(k.expires_at, s.expires_at) AS expires_at, k.revoked_at,
                   k.models, k.endpoints, k.addresses
            FROM key_secrets s JOIN keys k ON k.id = s.key
            WHERE s.hmac = ANY (?)
            """;

    private static final String USED = """
            UPDATE keys SET last_used_at = greatest(last_used_at, used.at)
            FROM unnest(?, ?) AS used (id, at) WHERE keys.id = used.id
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
        try {
            return Optional.of(tenants.as(key.tenant(), client -> PostgresKeyRows.insert(client, key)));
        } catch (DuplicateKeyException known) {
            return Optional.empty();
        }
    }

    @Override
    public void used(Map<KeyId, Instant> times) {
        List<Map.Entry<KeyId, Instant>> ordered = List.copyOf(times.entrySet());
        Object[] ids = ordered.stream().map(one -> one.getKey().value()).toArray();
        Object[] at = ordered.stream()
                .map(one -> one.getValue().atOffset(ZoneOffset.UTC))
                .toArray();
        core.query(client -> client.sql(USED)
                .params(new SqlArrayValue("uuid", ids), new SqlArrayValue("timestamptz", at))
                .update());
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
        KeyScope scope = PostgresKeyRows.scope(row);
        Caller caller = new Caller(
                new TenantId(row.getObject("tenant", UUID.class)),
                new ProjectId(row.getObject("project", UUID.class)),
                new KeyId(row.getObject("id", UUID.class)),
                scope.permits());
        return new KeyRecord(
                caller, PostgresSight.time(row, "expires_at"), PostgresSight.time(row, "revoked_at"), scope);
    }
}
