package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The tables {@code keys} and {@code key_secrets}, for administrators. */
final class PostgresKeys implements Keys {

    private static final String KEYS = """
            SELECT * FROM (
                SELECT id, tenant, project, name, owner, owner_name, kind, created_at, expires_at, revoked_at, last_used_at, models, endpoints, addresses,
                       CASE WHEN revoked_at IS NOT NULL THEN 'REVOKED' WHEN expires_at <= now() THEN 'EXPIRED' ELSE 'ACTIVE' END AS state
                FROM keys) AS k
            """;

    private static final String LIST = KEYS + """
            WHERE (:tenant::uuid IS NULL OR tenant = :tenant)
              AND (:project::uuid IS NULL OR project = :project)
              AND (:state::text IS NULL OR state = :state)
              AND (:name::text IS NULL OR position(lower(:name) IN lower(name)) > 0)
              AND (:after::uuid IS NULL OR id > :after)
            ORDER BY id LIMIT :most
            """;

    private static final String OWNED = KEYS + "WHERE owner = :owner ORDER BY id DESC LIMIT " + Paging.MOST;

    private static final String SECRETS = """
            SELECT key, prefix, created_at, expires_at FROM key_secrets
            WHERE key = ANY (?) AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at, id
            """;

    private static final String CHANGE = """
            UPDATE keys SET name = :name, expires_at = :expires, models = :models, endpoints = :endpoints, addresses = :addresses
            WHERE id = :key
            """;

    /** A secret whose grace is running ends at once: two are good at a time. */
    private static final String RETIRE = """
            UPDATE key_secrets SET expires_at = CASE WHEN expires_at IS NULL THEN now() + :grace * interval '1 second' ELSE now() END
            WHERE key = :key AND (expires_at IS NULL OR expires_at > now())
            """;

    private final PostgresSight sight;
    private final KeyIssuer issuer;

    PostgresKeys(PostgresSight sight, KeyIssuer issuer) {
        this.sight = sight;
        this.issuer = issuer;
    }

    @Override
    public Issued create(Actor actor, ProjectId project, Key.Properties properties) {
        TenantId owner = sight.owner(actor, "projects", project.value())
                .orElseThrow(() -> new RefusedException(
                        RefusedException.Why.MISSING,
                        "There is no such project: GET /projects lists those there are."));
        ApiKey secret = issuer.secret();
        NewKey row = new NewKey(
                owner,
                project,
                properties.name(),
                issuer.sealed(secret),
                properties.expires(),
                properties.scope(),
                actor.seesOwnKeysOnly() ? Optional.of(new Owner(actor.user(), actor.name())) : Optional.empty());
        return sight.change(actor, owner, client -> {
            PostgresGrants.require(client, actor, project, properties.scope());
            KeyId id = PostgresKeyRows.insert(client, row);
            Key made = row(client, id).orElseThrow();
            sight.tell(actor, Optional.of(owner), "key.create", id.value(), Optional.empty(), Optional.of(made.told()));
            return new Issued(made, secret);
        });
    }

    @Override
    public Optional<Key> find(Actor actor, KeyId id) {
        return sight.read(actor, client -> row(client, id));
    }

    @Override
    public List<Key> owned(Actor actor) {
        return sight.read(
                actor,
                client -> keys(
                        client,
                        client.sql(OWNED)
                                .param("owner", actor.user().map(UserId::value).orElse(null), Types.OTHER)
                                .query((row, _) -> key(row))
                                .list()));
    }

    @Override
    public Page<Key> list(Actor actor, Filter filter, Paging paging) {
        return Page.of(
                sight.read(actor, client -> keys(client, listed(client, filter, paging))),
                paging,
                key -> key.id().value());
    }

    @Override
    public Optional<Key> change(Actor actor, KeyId id, Key.Properties properties) {
        return changed(actor, id, "key.change", (client, before) -> {
            requireSecret(before, "A console key can only be revoked.");
            PostgresGrants.require(client, actor, before.project(), properties.scope());
            client.sql(CHANGE)
                    .param("name", properties.name())
                    .param("expires", PostgresKeyRows.stamp(properties.expires()), Types.TIMESTAMP_WITH_TIMEZONE)
                    .param("models", PostgresKeyRows.models(properties.scope()), Types.ARRAY)
                    .param("endpoints", PostgresKeyRows.endpoints(properties.scope()), Types.ARRAY)
                    .param("addresses", PostgresKeyRows.networks(properties.scope()), Types.ARRAY)
                    .param("key", id.value())
                    .update();
        });
    }

    @Override
    public Optional<Issued> rotate(Actor actor, KeyId id, Duration grace) {
        ApiKey secret = issuer.secret();
        return changed(actor, id, "key.rotate", (client, before) -> {
                    requireSecret(before, "A console key has no secret to be rotated.");
                    if (before.state() != Key.State.ACTIVE) {
                        throw new RefusedException(
                                RefusedException.Why.OVER, "This key is revoked or has expired: create another.");
                    }
                    client.sql(RETIRE)
                            .param("grace", grace.toSeconds())
                            .param("key", id.value())
                            .update();
                    PostgresKeyRows.insertSecret(client, before.tenant(), id, issuer.sealed(secret));
                })
                .map(key -> new Issued(key, secret));
    }

    @Override
    public Optional<Key> revoke(Actor actor, KeyId id) {
        return changed(
                actor,
                id,
                "key.revoke",
                (client, _) -> client.sql("UPDATE keys SET revoked_at = now() WHERE id = ? AND revoked_at IS NULL")
                        .param(id.value())
                        .update());
    }

    /** One administrator at a time changes a key. */
    private Optional<Key> changed(Actor actor, KeyId id, String what, BiConsumer<JdbcClient, Key> work) {
        return sight.owner(actor, "keys", id.value())
                .map(owner -> sight.change(actor, owner, client -> {
                    client.sql("SELECT id FROM keys WHERE id = ? FOR UPDATE")
                            .param(id.value())
                            .query(UUID.class)
                            .single();
                    Key before = row(client, id).orElseThrow();
                    work.accept(client, before);
                    Key after = row(client, id).orElseThrow();
                    if (!after.equals(before)) {
                        sight.tell(
                                actor,
                                Optional.of(owner),
                                what,
                                id.value(),
                                Optional.of(before.told()),
                                Optional.of(after.told()));
                    }
                    return after;
                }));
    }

    private static void requireSecret(Key key, String otherwise) {
        if (key.kind() == Key.Kind.CONSOLE) {
            throw new RefusedException(RefusedException.Why.FIXED, otherwise);
        }
    }

    private static Optional<Key> row(JdbcClient client, KeyId id) {
        List<Key> bare = client.sql(KEYS + "WHERE id = ?")
                .param(id.value())
                .query((row, _) -> key(row))
                .list();
        return keys(client, bare).stream().findFirst();
    }

    private static List<Key> listed(JdbcClient client, Filter filter, Paging paging) {
        return client.sql(LIST)
                .param("tenant", filter.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                .param("project", filter.project().map(ProjectId::value).orElse(null), Types.OTHER)
                .param("state", filter.state().map(Key.State::name).orElse(null), Types.VARCHAR)
                .param("name", filter.name().orElse(null), Types.VARCHAR)
                .param("after", paging.after().orElse(null), Types.OTHER)
                .param("most", paging.limit() + 1)
                .query((row, _) -> key(row))
                .list();
    }

    /** The keys with their secrets. */
    private static List<Key> keys(JdbcClient client, List<Key> bare) {
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

    private static Key key(ResultSet row) throws SQLException {
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
