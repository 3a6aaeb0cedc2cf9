package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code keys} and {@code key_secrets}, for administrators. */
final class PostgresKeys implements Keys {

    private static final String LIST = PostgresKeyTable.KEYS + """
            WHERE (:tenant::uuid IS NULL OR tenant = :tenant)
              AND (:project::uuid IS NULL OR project = :project)
              AND (:state::text IS NULL OR state = :state)
              AND (:name::text IS NULL OR position(lower(:name) IN lower(name)) > 0)
              AND (:after::uuid IS NULL OR id > :after)
            ORDER BY id LIMIT :most
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
            PostgresGrants.alone(client, actor);
            PostgresGrants.require(client, actor, project, properties.scope());
            KeyId id = PostgresKeyRows.insert(client, row);
            Key made = PostgresKeyTable.row(client, id).orElseThrow();
            sight.tell(actor, Optional.of(owner), "key.create", id.value(), Optional.empty(), Optional.of(made.told()));
            return new Issued(made, secret);
        });
    }

    @Override
    public Optional<Key> find(Actor actor, KeyId id) {
        return sight.read(actor, client -> PostgresKeyTable.row(client, id));
    }

    @Override
    public List<Key> owned(Actor actor) {
        return sight.read(
                actor,
                client -> actor.user()
                        .map(user -> PostgresKeyTable.owned(client, user))
                        .orElse(List.of()));
    }

    @Override
    public Page<Key> list(Actor actor, Filter filter, Paging paging) {
        return Page.of(
                sight.read(actor, client -> PostgresKeyTable.withSecrets(client, listed(client, filter, paging))),
                paging,
                key -> key.id().value());
    }

    @Override
    public Optional<Key> change(Actor actor, KeyId id, Key.Properties properties) {
        return changed(actor, id, "key.change", (client, before) -> {
            requireSecret(before, "A console key can only be revoked.");
            PostgresGrants.require(client, actor, before.project(), properties.scope());
            PostgresKeyTable.write(client, id, properties);
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
        return changed(actor, id, "key.revoke", (client, _) -> PostgresKeyTable.revoke(client, id));
    }

    /** One administrator at a time changes a key. */
    private Optional<Key> changed(Actor actor, KeyId id, String what, BiConsumer<JdbcClient, Key> work) {
        return sight.owner(actor, "keys", id.value())
                .map(owner -> sight.change(actor, owner, client -> {
                    PostgresGrants.alone(client, actor);
                    client.sql("SELECT id FROM keys WHERE id = ? FOR UPDATE")
                            .param(id.value())
                            .query(UUID.class)
                            .single();
                    Key before = PostgresKeyTable.row(client, id).orElseThrow();
                    work.accept(client, before);
                    Key after = PostgresKeyTable.row(client, id).orElseThrow();
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

    private static List<Key> listed(JdbcClient client, Filter filter, Paging paging) {
        return client.sql(LIST)
                .param("tenant", filter.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                .param("project", filter.project().map(ProjectId::value).orElse(null), Types.OTHER)
                .param("state", filter.state().map(Key.State::name).orElse(null), Types.VARCHAR)
                .param("name", filter.name().orElse(null), Types.VARCHAR)
                .param("after", paging.after().orElse(null), Types.OTHER)
                .param("most", paging.limit() + 1)
                .query((row, _) -> PostgresKeyTable.key(row))
                .list();
    }
}
