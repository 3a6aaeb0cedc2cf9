package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.Permits;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code grants}. */
final class PostgresGrants implements Grants {

    private static final String OF_USER = """
            SELECT p.id, p.name, g.model FROM grants g JOIN projects p ON p.id = g.project
            WHERE g.grantee = :user ORDER BY p.name, p.id, g.model
            """;

    private static final String ALL_PROJECTS =
            "SELECT id, name, NULL::text AS model FROM projects ORDER BY name, id LIMIT " + MOST;

    private static final String GRANT = """
            INSERT INTO grants (tenant, project, grantee, model, granted_by)
            SELECT tenant, project, asker, model, :by FROM access_requests WHERE id = :request
            ON CONFLICT (grantee, project, model) DO UPDATE SET granted_by = excluded.granted_by, granted_at = now()
            """;

    /** No grant has this id. */
    private static final UUID NONE = new UUID(0, 0);

    private final PostgresSight sight;

    PostgresGrants(PostgresSight sight) {
        this.sight = sight;
    }

    /** A project and one of the models that may be used in it; empty for all. */
    private record Row(ProjectId project, String name, Optional<ModelName> model) {}

    @Override
    public List<Granted> of(Actor actor) {
        if (!actor.usesModels()) {
            return List.of();
        }
        return sight.read(actor, client -> granted(actor.seesOwnKeysOnly() ? ofUser(client, actor) : all(client)));
    }

    private static List<Row> all(JdbcClient client) {
        return client.sql(ALL_PROJECTS).query(PostgresGrants::row).list();
    }

    private static List<Row> ofUser(JdbcClient client, Actor actor) {
        return client.sql(OF_USER)
                .param("user", actor.user().map(UserId::value).orElse(null), Types.OTHER)
                .query(PostgresGrants::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(new ProjectId(PostgresSight.id(row, "id")), row.getString("name"), model(row));
    }

    private static Optional<ModelName> model(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getString("model")).map(ModelName::new);
    }

    private static List<Granted> granted(List<Row> rows) {
        Map<ProjectId, List<Row>> byProject =
                rows.stream().collect(Collectors.groupingBy(Row::project, LinkedHashMap::new, Collectors.toList()));
        return byProject.values().stream()
                .map(some -> new Granted(
                        some.getFirst().project(),
                        some.getFirst().name(),
                        permits(some.stream().map(Row::model).toList())))
                .toList();
    }

    private static Permits permits(List<Optional<ModelName>> models) {
        return models.contains(Optional.<ModelName>empty())
                ? Permits.EVERYTHING
                : new Permits(
                        Optional.of(models.stream().flatMap(Optional::stream).collect(Collectors.toSet())));
    }

    /** What the user may use in a project; empty for nothing. */
    static Optional<Permits> in(JdbcClient client, Actor actor, ProjectId project) {
        if (!actor.seesOwnKeysOnly()) {
            return Optional.of(Permits.EVERYTHING);
        }
        return actor.user().flatMap(user -> without(client, user, project, NONE));
    }

    /** What a user was granted in a project beside one grant; empty for nothing. */
    static Optional<Permits> without(JdbcClient client, UserId user, ProjectId project, UUID grant) {
        List<Optional<ModelName>> models = client.sql(
                        "SELECT model FROM grants WHERE grantee = ? AND project = ? AND id <> ?")
                .params(user.value(), project.value(), grant)
                .query((row, _) -> model(row))
                .list();
        return models.isEmpty() ? Optional.empty() : Optional.of(permits(models));
    }

    /** Lets a user make or change a key only while nobody takes a grant from it. */
    static void alone(JdbcClient client, Actor actor) {
        if (actor.seesOwnKeysOnly()) {
            actor.user().ifPresent(user -> alone(client, user));
        }
    }

    /** Until the transaction ends no other takes a grant from the user, and the user makes or changes no key. */
    static void alone(JdbcClient client, UserId user) {
        client.sql("SELECT pg_advisory_xact_lock(hashtextextended('grants ' || ?, 0))")
                .param(user.value().toString())
                .query((_, _) -> user)
                .single();
    }

    /**
     * Sees to it that a key of the user may be so.
     *
     * @throws RefusedException {@code FORBIDDEN}, naming what to ask for
     */
    static void require(JdbcClient client, Actor actor, ProjectId project, KeyScope scope) {
        Permits permits = in(client, actor, project)
                .orElseThrow(
                        () -> refused("You have no access to this project: ask for it with POST /access-requests."));
        permits.models().ifPresent(granted -> {
            if (scope.models().isEmpty()) {
                throw refused(
                        "models: you have access to %s in this project. Name models, or ask for the project with POST /access-requests."
                                .formatted(named(granted)));
            }
            List<ModelName> missing = new ArrayList<>(scope.models().get());
            missing.removeAll(granted);
            if (!missing.isEmpty()) {
                throw refused("models: you have no access to %s in this project: ask for it with POST /access-requests."
                        .formatted(named(missing)));
            }
        });
    }

    /** Grants what was asked for, once more where it is granted already. */
    static void grant(JdbcClient client, UUID request, String by) {
        client.sql(GRANT).param("by", by).param("request", request).update();
    }

    private static String named(Collection<ModelName> models) {
        return models.stream().map(ModelName::value).sorted().collect(Collectors.joining(", "));
    }

    private static RefusedException refused(String message) {
        return new RefusedException(RefusedException.Why.FORBIDDEN, message);
    }
}
