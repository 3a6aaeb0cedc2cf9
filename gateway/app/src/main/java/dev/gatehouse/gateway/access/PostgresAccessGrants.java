package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Permits;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code grants}, for who decides. */
final class PostgresAccessGrants implements AccessGrants {

    private static final String ROWS = """
            SELECT g.id, g.tenant, g.project, p.name AS project_name, g.grantee, u.name AS grantee_name, g.model, g.granted_by, g.granted_at
            FROM grants g JOIN projects p ON p.id = g.project LEFT JOIN users u ON u.id = g.grantee
            """;

    private static final String LIST = ROWS + """
            WHERE (:tenant::uuid IS NULL OR g.tenant = :tenant)
              AND (:project::uuid IS NULL OR g.project = :project)
              AND (:grantee::uuid IS NULL OR g.grantee = :grantee)
              AND (:after::uuid IS NULL OR g.id > :after)
            ORDER BY g.id LIMIT :most
            """;

    private final PostgresSight sight;

    PostgresAccessGrants(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public Page<AccessGrant> list(Actor actor, Filter filter, Paging paging) {
        return Page.of(sight.read(actor, client -> listed(client, filter, paging)), paging, AccessGrant::id);
    }

    private static List<AccessGrant> listed(JdbcClient client, Filter filter, Paging paging) {
        return client.sql(LIST)
                .param("tenant", filter.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                .param("project", filter.project().map(ProjectId::value).orElse(null), Types.OTHER)
                .param("grantee", filter.grantee().map(UserId::value).orElse(null), Types.OTHER)
                .param("after", paging.after().orElse(null), Types.OTHER)
                .param("most", paging.limit() + 1)
                .query(PostgresAccessGrants::grant)
                .list();
    }

    @Override
    public Optional<Detail> find(Actor actor, UUID id) {
        return sight.read(actor, client -> row(client, id).map(grant -> new Detail(grant, losses(client, grant))));
    }

    @Override
    public Optional<Detail> revoke(Actor actor, UUID id) {
        return sight.owner(actor, "grants", id)
                .flatMap(tenant -> sight.change(
                        actor, tenant, client -> row(client, id).flatMap(grant -> taken(client, actor, grant))));
    }

    /** Empty when another has taken it meanwhile. */
    private Optional<Detail> taken(JdbcClient client, Actor actor, AccessGrant grant) {
        PostgresGrants.alone(client, grant.grantee());
        PostgresKeyTable.lockOwned(client, grant.grantee(), grant.project());
        List<Loss> losses = losses(client, grant);
        if (client.sql("DELETE FROM grants WHERE id = ?").param(grant.id()).update() == 0) {
            return Optional.empty();
        }
        sight.tell(
                actor,
                Optional.of(grant.tenant()),
                "access.revoke",
                grant.id(),
                Optional.of(grant.told()),
                Optional.empty());
        losses.forEach(loss -> suffer(client, actor, loss));
        return Optional.of(new Detail(grant, losses));
    }

    private void suffer(JdbcClient client, Actor actor, Loss loss) {
        Key before = loss.key();
        Key after = PostgresKeyTable.narrowed(client, before, loss.rest());
        sight.tell(
                actor,
                Optional.of(before.tenant()),
                loss.rest().isPresent() ? "key.change" : "key.revoke",
                before.id().value(),
                Optional.of(before.told()),
                Optional.of(after.told()));
    }

    /** What the keys may do beyond the grantee's other grants. */
    private static List<Loss> losses(JdbcClient client, AccessGrant grant) {
        Optional<Permits> left = PostgresGrants.without(client, grant.grantee(), grant.project(), grant.id());
        return PostgresKeyTable.owned(client, grant.grantee(), grant.project()).stream()
                .flatMap(key -> loss(key, left))
                .toList();
    }

    private static Stream<Loss> loss(Key key, Optional<Permits> left) {
        Optional<KeyScope> rest = left.flatMap(permits -> key.scope().within(permits));
        return rest.equals(Optional.of(key.scope())) ? Stream.empty() : Stream.of(new Loss(key, rest));
    }

    private static Optional<AccessGrant> row(JdbcClient client, UUID id) {
        return client.sql(ROWS + "WHERE g.id = ?")
                .param(id)
                .query(PostgresAccessGrants::grant)
                .optional();
    }

    private static AccessGrant grant(ResultSet row, int number) throws SQLException {
        return new AccessGrant(
                PostgresSight.id(row, "id"),
                new TenantId(PostgresSight.id(row, "tenant")),
                new ProjectId(PostgresSight.id(row, "project")),
                row.getString("project_name"),
                new UserId(PostgresSight.id(row, "grantee")),
                Optional.ofNullable(row.getString("grantee_name")),
                Optional.ofNullable(row.getString("model")).map(ModelName::new),
                row.getString("granted_by"),
                PostgresSight.time(row, "granted_at").orElseThrow());
    }
}
