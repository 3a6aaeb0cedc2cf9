package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code projects}. */
final class PostgresProjects implements Projects {

    private static final String LIST = """
            SELECT id, tenant, name, created_at FROM projects
            WHERE (:tenant::uuid IS NULL OR tenant = :tenant)
              AND (:name::text IS NULL OR position(lower(:name) IN lower(name)) > 0)
              AND (:after::uuid IS NULL OR id > :after)
            ORDER BY id LIMIT :most
            """;

    private final PostgresSight sight;

    PostgresProjects(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public Project create(Actor actor, TenantId tenant, String name) {
        if (actor.tenant().isPresent() && !actor.tenant().get().equals(tenant)) {
            throw noTenant();
        }
        try {
            return sight.change(actor, tenant, client -> {
                Project made = client.sql(
                                "INSERT INTO projects (tenant, name) VALUES (?, ?) RETURNING id, tenant, name, created_at")
                        .params(tenant.value(), name)
                        .query((row, _) -> project(row))
                        .single();
                sight.tell(
                        actor,
                        Optional.of(tenant),
                        "project.create",
                        made.id().value(),
                        Optional.empty(),
                        Optional.of(made.told()));
                return made;
            });
        } catch (DuplicateKeyException taken) {
            throw exists(name);
        } catch (DataIntegrityViolationException unknown) {
            throw noTenant();
        }
    }

    @Override
    public Optional<Project> find(Actor actor, ProjectId id) {
        return sight.read(actor, client -> row(client, id));
    }

    @Override
    public Page<Project> list(Actor actor, Optional<TenantId> tenant, Optional<String> name, Paging paging) {
        return Page.of(
                sight.read(
                        actor,
                        client -> client.sql(LIST)
                                .param("tenant", tenant.map(TenantId::value).orElse(null), Types.OTHER)
                                .param("name", name.orElse(null), Types.VARCHAR)
                                .param("after", paging.after().orElse(null), Types.OTHER)
                                .param("most", paging.limit() + 1)
                                .query((row, _) -> project(row))
                                .list()),
                paging,
                project -> project.id().value());
    }

    @Override
    public Optional<Project> rename(Actor actor, ProjectId id, String name) {
        try {
            return sight.owner(actor, "projects", id.value())
                    .flatMap(owner -> sight.change(actor, owner, client -> renamed(client, actor, owner, id, name)));
        } catch (DuplicateKeyException taken) {
            throw exists(name);
        }
    }

    private Optional<Project> renamed(JdbcClient client, Actor actor, TenantId owner, ProjectId id, String name) {
        Optional<Project> before = row(client, id);
        client.sql("UPDATE projects SET name = ? WHERE id = ?")
                .params(name, id.value())
                .update();
        Optional<Project> after = row(client, id);
        sight.tell(
                actor,
                Optional.of(owner),
                "project.rename",
                id.value(),
                before.map(Project::told),
                after.map(Project::told));
        return after;
    }

    private static Optional<Project> row(JdbcClient client, ProjectId id) {
        return client.sql("SELECT id, tenant, name, created_at FROM projects WHERE id = ?")
                .param(id.value())
                .query((row, _) -> project(row))
                .optional();
    }

    private static Project project(ResultSet row) throws SQLException {
        return new Project(
                new ProjectId(PostgresSight.id(row, "id")),
                new TenantId(PostgresSight.id(row, "tenant")),
                row.getString("name"),
                PostgresSight.time(row, "created_at").orElseThrow());
    }

    private static RefusedException exists(String name) {
        return new RefusedException(
                RefusedException.Why.EXISTS,
                "The tenant has a project '%s' already: choose another name.".formatted(name));
    }

    private static RefusedException noTenant() {
        return new RefusedException(RefusedException.Why.MISSING, "There is no such tenant.");
    }
}
