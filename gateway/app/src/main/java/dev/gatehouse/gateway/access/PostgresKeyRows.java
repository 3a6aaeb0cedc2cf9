package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ModelName;
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

    /**
     * Without a conflict target: a tenant's transaction may not read digests. The foreign key of the secret is checked when both rows are
     * there.
     */
    private static final String INSERT = """
            WITH made AS MATERIALIZED (SELECT uuidv7() AS id),
            secret AS (
                INSERT INTO key_secrets (tenant, key, prefix, hmac, pepper_version)
                SELECT :tenant, id, :prefix, :hmac, :pepper FROM made
                ON CONFLICT DO NOTHING
                RETURNING key)
            INSERT INTO keys (id, tenant, project, name, expires_at, models, endpoints, addresses)
            SELECT key, :tenant, :project, :name, :expires, :models, :endpoints, :addresses FROM secret
            RETURNING id
            """;

    private PostgresKeyRows() {}

    /** Adds a key, unless its secret is there already. */
    static Optional<KeyId> insert(JdbcClient client, NewKey key) {
        return client.sql(INSERT)
                .param("tenant", key.tenant().value())
                .param("project", key.project().value())
                .param("name", key.name())
                .param("prefix", key.secret().prefix())
                .param("hmac", key.secret().digest().bytes())
                .param("pepper", key.secret().pepper())
                .param("expires", stamp(key.expires()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("models", models(key.scope()), Types.ARRAY)
                .param("endpoints", endpoints(key.scope()), Types.ARRAY)
                .param("addresses", networks(key.scope()), Types.ARRAY)
                .query(UUID.class)
                .optional()
                .map(KeyId::new);
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
