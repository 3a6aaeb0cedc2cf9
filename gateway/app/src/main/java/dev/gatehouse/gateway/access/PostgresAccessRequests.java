package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code access_requests}. */
final class PostgresAccessRequests implements AccessRequests {

    private static final String ROWS = """
            SELECT r.id, r.tenant, r.project, p.name AS project_name, r.model, r.asker, r.asker_name, r.reason, r.state, r.created_at,
                   r.decided_at, r.decided_by, r.note
            FROM access_requests r JOIN projects p ON p.id = r.project
            """;

    private static final String LIST = ROWS + """
            WHERE (:state::text IS NULL OR r.state = :state) AND (:after::uuid IS NULL OR r.id > :after)
            ORDER BY r.id LIMIT :most
            """;

    private static final String ASK = """
            INSERT INTO access_requests (tenant, project, model, asker, asker_name, reason)
            VALUES (:tenant, :project, :model, :asker, :name, :reason) RETURNING id
            """;

    private static final String DECIDE = """
            UPDATE access_requests SET state = :state, decided_at = now(), decided_by = :by, note = :note
            WHERE id = :id AND state = 'open'
            """;

    private final PostgresSight sight;

    PostgresAccessRequests(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public AccessRequest ask(Actor actor, ProjectId project, Optional<ModelName> model, String reason) {
        UserId asker = actor.user()
                .orElseThrow(() -> new RefusedException(RefusedException.Why.FORBIDDEN, "Only users ask for access."));
        TenantId tenant = sight.owner(actor, "projects", project.value())
                .orElseThrow(() -> new RefusedException(
                        RefusedException.Why.MISSING,
                        "There is no such project: GET /projects lists those there are."));
        try {
            return sight.change(actor, tenant, client -> {
                UUID id = client.sql(ASK)
                        .param("tenant", tenant.value())
                        .param("project", project.value())
                        .param("model", model.map(ModelName::value).orElse(null), Types.VARCHAR)
                        .param("asker", asker.value())
                        .param("name", actor.name())
                        .param("reason", reason)
                        .query(UUID.class)
                        .single();
                AccessRequest made = row(client, id).orElseThrow();
                sight.tell(actor, Optional.of(tenant), "access.ask", id, Optional.empty(), Optional.of(made.told()));
                return made;
            });
        } catch (DuplicateKeyException asked) {
            throw new RefusedException(
                    RefusedException.Why.EXISTS, "You have asked for this already: wait for the decision.");
        }
    }

    @Override
    public Page<AccessRequest> list(Actor actor, Optional<AccessRequest.State> state, Paging paging) {
        return Page.of(sight.read(actor, client -> listed(client, state, paging)), paging, AccessRequest::id);
    }

    private static List<AccessRequest> listed(JdbcClient client, Optional<AccessRequest.State> state, Paging paging) {
        return client.sql(LIST)
                .param("state", state.map(PostgresAccessRequests::wire).orElse(null), Types.VARCHAR)
                .param("after", paging.after().orElse(null), Types.OTHER)
                .param("most", paging.limit() + 1)
                .query((row, _) -> request(row))
                .list();
    }

    @Override
    public Optional<AccessRequest> approve(Actor actor, UUID id, Optional<String> note) {
        return decide(actor, id, AccessRequest.State.APPROVED, "access.approve", note);
    }

    @Override
    public Optional<AccessRequest> decline(Actor actor, UUID id, Optional<String> note) {
        return decide(actor, id, AccessRequest.State.DECLINED, "access.decline", note);
    }

    private Optional<AccessRequest> decide(
            Actor actor, UUID id, AccessRequest.State state, String what, Optional<String> note) {
        return sight.owner(actor, "access_requests", id)
                .map(tenant -> sight.change(actor, tenant, client -> {
                    AccessRequest before = row(client, id).orElseThrow();
                    if (update(client, actor, id, state, note) == 0) {
                        throw fixed("This was decided already: GET /access-requests shows how.");
                    }
                    if (state == AccessRequest.State.APPROVED) {
                        grant(client, actor, before);
                    }
                    AccessRequest after = row(client, id).orElseThrow();
                    sight.tell(
                            actor,
                            Optional.of(tenant),
                            what,
                            id,
                            Optional.of(before.told()),
                            Optional.of(after.told()));
                    return after;
                }));
    }

    private static int update(
            JdbcClient client, Actor actor, UUID id, AccessRequest.State state, Optional<String> note) {
        return client.sql(DECIDE)
                .param("state", wire(state))
                .param("by", actor.name())
                .param("note", note.orElse(null), Types.VARCHAR)
                .param("id", id)
                .update();
    }

    private static void grant(JdbcClient client, Actor actor, AccessRequest request) {
        if (request.asker().id().isEmpty()) {
            throw fixed("Who asked for this is gone: decline it.");
        }
        PostgresGrants.grant(client, request.id(), actor.name());
    }

    private static RefusedException fixed(String message) {
        return new RefusedException(RefusedException.Why.FIXED, message);
    }

    private static Optional<AccessRequest> row(JdbcClient client, UUID id) {
        return client.sql(ROWS + "WHERE r.id = ?")
                .param(id)
                .query((row, _) -> request(row))
                .optional();
    }

    private static AccessRequest request(ResultSet row) throws SQLException {
        return new AccessRequest(
                PostgresSight.id(row, "id"),
                new TenantId(PostgresSight.id(row, "tenant")),
                new ProjectId(PostgresSight.id(row, "project")),
                row.getString("project_name"),
                Optional.ofNullable(row.getString("model")).map(ModelName::new),
                new Owner(
                        Optional.ofNullable(PostgresSight.id(row, "asker")).map(UserId::new),
                        row.getString("asker_name")),
                row.getString("reason"),
                AccessRequest.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                PostgresSight.time(row, "created_at").orElseThrow(),
                decision(row));
    }

    private static Optional<AccessRequest.Decision> decision(ResultSet row) throws SQLException {
        Optional<String> note = Optional.ofNullable(row.getString("note"));
        String by = row.getString("decided_by");
        return PostgresSight.time(row, "decided_at").map(at -> new AccessRequest.Decision(at, by, note));
    }

    private static String wire(AccessRequest.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
