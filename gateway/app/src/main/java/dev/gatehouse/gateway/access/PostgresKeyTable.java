package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** Keys and what is shown of their secrets, read and written in the transaction of a client. */
final class PostgresKeyTable {

    static final String KEYS = """
            SELECT * FROM (
                SELECT id, tenant, project, name, owner, owner_name, kind, created_at, expires_at, revoked_at, last_used_at, models, endpoints, addresses,
                       CASE WHEN revoked_at IS NOT NULL THEN 'REVOKED' WHEN expires_at <= now() THEN 'EXPIRED' ELSE 'ACTIVE' END AS state
                FROM keys) AS k
            """;

    private static final String SECRETS = """
            SELECT key, prefix, created_at, expires_at FROM key_secrets
            WHERE key = ANY (?) AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at, id
            """;

    private static final String CHANGE = """
            UPDATE keys SET name = :name, expires_at = :expires, models = :models, endpoints = :endpoints, addresses = :addresses
            WHERE id = :key
            """;

    private PostgresKeyTable() {}

    /** Those that a user owns, the latest first. */
    static List<Key> owned(JdbcClient client, UserId owner) {
        return withSecrets(
                client,
                client.sql(KEYS + "WHERE owner = ? ORDER BY id DESC LIMIT " + Paging.MOST)
                        .param(owner.value())
                        .query((row, _) -> key(row))
                        .list());
    }

    /** Lets no other transaction change the keys that a user has made for itself in a project. */
    static void lockOwned(JdbcClient client, UserId owner, ProjectId project) {
        client.sql("SELECT id FROM keys WHERE owner = ? AND project = ? ORDER BY id FOR UPDATE")
                .params(owner.value(), project.value())
                .query(UUID.class)
                .list();
    }

    /** The keys that a user has made for itself in a project and that are not revoked. */
    static List<Key> owned(JdbcClient client, UserId owner, ProjectId project) {
        return withSecrets(
                client,
                client.sql(KEYS + "WHERE owner = ? AND project = ? AND kind = 'api' AND revoked_at IS NULL ORDER BY id")
                        .params(owner.value(), project.value())
                        .query((row, _) -> key(row))
                        .list());
    }

    /** Narrows a key to a scope, or revokes it where that is empty. */
    static Key narrowed(JdbcClient client, Key key, Optional<KeyScope> scope) {
        scope.ifPresentOrElse(
                rest -> write(client, key.id(), new Key.Properties(key.name(), key.expires(), rest)),
                () -> revoke(client, key.id()));
        return row(client, key.id()).orElseThrow();
    }

    /** Changes what can be changed. */
    static void write(JdbcClient client, KeyId id, Key.Properties properties) {
        client.sql(CHANGE)
                .param("name", properties.name())
                .param("expires", PostgresKeyRows.stamp(properties.expires()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("models", PostgresKeyRows.models(properties.scope()), Types.ARRAY)
                .param("endpoints", PostgresKeyRows.endpoints(properties.scope()), Types.ARRAY)
                .param("addresses", PostgresKeyRows.networks(properties.scope()), Types.ARRAY)
                .param("key", id.value())
                .update();
    }

    static void revoke(JdbcClient client, KeyId id) {
        client.sql("UPDATE keys SET revoked_at = now() WHERE id = ? AND revoked_at IS NULL")
                .param(id.value())
                .update();
    }

    static Optional<Key> row(JdbcClient client, KeyId id) {
        List<Key> bare = client.sql(KEYS + "WHERE id = ?")
                .param(id.value())
                .query((row, _) -> key(row))
                .list();
        return withSecrets(client, bare).stream().findFirst();
    }

    /** The keys with their secrets. */
    static List<Key> withSecrets(JdbcClient client, List<Key> bare) {
        Object[] ids = bare.stream().map(key -> key.id().value()).toArray();
        Map<UUID, List<Map.Entry<UUID, Key.Secret>>> secrets = client
                .sql(SECRETS)
                .param(new SqlArrayValue("uuid", ids))
                .query((row, _) -> Map.entry(PostgresSight.id(row, "key"), secret(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Map.Entry::getKey));
        return bare.stream()
                .map(key -> withSecrets(key, secrets.getOrDefault(key.id().value(), List.of())))
                .toList();
    }

    private static Key withSecrets(Key key, List<Map.Entry<UUID, Key.Secret>> secrets) {
        return new Key(
                key.id(),
                key.tenant(),
                key.project(),
                key.name(),
                key.owner(),
                key.kind(),
                key.state(),
                key.scope(),
                key.created(),
                key.expires(),
                key.revoked(),
                key.lastUsed(),
                secrets.stream().map(Map.Entry::getValue).toList());
    }

    private static Key.Secret secret(ResultSet row) throws SQLException {
        return new Key.Secret(
                row.getString("prefix"),
                PostgresSight.time(row, "created_at").orElseThrow(),
                PostgresSight.time(row, "expires_at"));
    }

    private static Optional<Owner> owner(ResultSet row) throws SQLException {
        Optional<UserId> id =
                Optional.ofNullable(PostgresSight.id(row, "owner")).map(UserId::new);
        return Optional.ofNullable(row.getString("owner_name")).map(name -> new Owner(id, name));
    }

    static Key key(ResultSet row) throws SQLException {
        return new Key(
                new KeyId(PostgresSight.id(row, "id")),
                new TenantId(PostgresSight.id(row, "tenant")),
                new ProjectId(PostgresSight.id(row, "project")),
                row.getString("name"),
                owner(row),
                Key.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Key.State.valueOf(row.getString("state")),
                PostgresKeyRows.scope(row),
                PostgresSight.time(row, "created_at").orElseThrow(),
                PostgresSight.time(row, "expires_at"),
                PostgresSight.time(row, "revoked_at"),
                PostgresSight.time(row, "last_used_at"),
                List.of());
    }
}
