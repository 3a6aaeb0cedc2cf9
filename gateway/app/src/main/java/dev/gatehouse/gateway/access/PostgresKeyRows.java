package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** How keys are written to and read from their columns. */
final class PostgresKeyRows {

    private static final String INSERT = """
            INSERT INTO keys (tenant, project, name, owner, owner_name, expires_at, models, endpoints, addresses)
            VALUES (:tenant, :project, :name, :owner, :ownerName, :expires, :models, :endpoints, :addresses)
            RETURNING id
            """;

    private static final String INSERT_SECRET =
            "INSERT INTO key_secrets (tenant, key, prefix, hmac, pepper_version) VALUES (:tenant, :key, :prefix, :hmac, :pepper)";

    private PostgresKeyRows() {}

    /**
     * Adds a key with its secret.
     *
     * @throws org.springframework.dao.DuplicateKeyException when a key has the secret already
     */
    static KeyId insert(JdbcClient client, NewKey key) {
        KeyId id = new KeyId(client.sql(INSERT)
                .param("tenant", key.tenant().value())
                .param("project", key.project().value())
                .param("name", key.name())
                .param(
                        "owner",
                        key.owner().flatMap(Owner::id).map(UserId::value).orElse(null),
                        Types.OTHER)
                .param("ownerName", key.owner().map(Owner::name).orElse(null), Types.VARCHAR)
                .param("expires", stamp(key.expires()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("models", models(key.scope()), Types.ARRAY)
                .param("endpoints", endpoints(key.scope()), Types.ARRAY)
                .param("addresses", networks(key.scope()), Types.ARRAY)
                .query(UUID.class)
                .single());
        insertSecret(client, key.tenant(), id, key.secret());
        return id;
    }

    /** Gives a key another secret; as {@link #insert}. */
    static void insertSecret(JdbcClient client, TenantId tenant, KeyId key, NewSecret secret) {
        client.sql(INSERT_SECRET)
                .param("tenant", tenant.value())
                .param("key", key.value())
                .param("prefix", secret.prefix())
                .param("hmac", secret.digest().bytes())
                .param("pepper", secret.pepper())
                .update();
    }

    static KeyScope scope(ResultSet row) throws SQLException {
        return new KeyScope(
                texts(row, "models", ModelName::new).map(some -> some.collect(Collectors.toSet())),
                texts(row, "endpoints", Endpoint::of)
                        .map(some -> some.flatMap(Optional::stream).collect(Collectors.toSet())),
                texts(row, "addresses", Network::parse).map(Stream::toList));
    }

    static @Nullable OffsetDateTime stamp(Optional<Instant> time) {
        return time.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    static @Nullable SqlArrayValue models(KeyScope scope) {
        return scope.models()
                .map(some -> array(some.stream().map(ModelName::value).sorted()))
                .orElse(null);
    }

    static @Nullable SqlArrayValue endpoints(KeyScope scope) {
        return scope.endpoints()
                .map(some -> array(some.stream().map(Endpoint::wire).sorted()))
                .orElse(null);
    }

    static @Nullable SqlArrayValue networks(KeyScope scope) {
        return scope.networks()
                .map(some -> array(some.stream().map(Network::toString)))
                .orElse(null);
    }

    private static SqlArrayValue array(Stream<String> texts) {
        return new SqlArrayValue("text", texts.toArray());
    }

    private static <T> Optional<Stream<T>> texts(ResultSet row, String column, Function<String, T> as)
            throws SQLException {
        Array array = row.getArray(column);
        return array == null
                ? Optional.empty()
                : Optional.of(List.of((String[]) array.getArray()).stream().map(as));
    }
}
