package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.Caller;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.KeyId;
import dev.gatehouse.gateway.vocabulary.Permits;
import dev.gatehouse.gateway.vocabulary.Problem;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Console keys in the table {@code keys}. */
final class PostgresConsoleKeys implements ConsoleKeys {

    private static final String FIND =
            "SELECT id FROM keys WHERE owner = ? AND project = ? AND kind = 'console' AND revoked_at IS NULL";

    private static final String MAKE = """
            INSERT INTO keys (tenant, project, name, owner, owner_name, kind)
            VALUES (:tenant, :project, :name, :owner, :ownerName, 'console') ON CONFLICT DO NOTHING RETURNING id
            """;

    /** One that was granted the project since its key was revoked gets another. */
    private static final String BARRED = """
            SELECT EXISTS (SELECT FROM keys k WHERE k.owner = :owner AND k.project = :project AND k.kind = 'console'
                AND NOT EXISTS (SELECT FROM grants g WHERE g.grantee = k.owner AND g.project = k.project AND g.granted_at > k.revoked_at))
            """;

    private static final Problem WHICH = Problem.at(
            Code.INVALID_VALUE,
            Console.PROJECT,
            "Say which project pays: send the header '" + Console.PROJECT + "' with its id, from GET /projects.");
    private static final Problem NONE = Problem.at(
            Code.INVALID_VALUE,
            Console.PROJECT,
            "There is no project that you may use: ask for access with POST /access-requests.");
    private static final Problem UNKNOWN = Problem.at(
            Code.INVALID_VALUE,
            Console.PROJECT,
            "There is no such project for the header '" + Console.PROJECT + "': GET /projects lists those there are.");
    private static final Problem NO_ACCESS = Problem.at(
            Code.NOT_PERMITTED,
            Console.PROJECT,
            "You have no access to this project: ask for it with POST /access-requests.");
    private static final Problem REVOKED = Problem.at(
            Code.NOT_PERMITTED,
            Console.PROJECT,
            "Your console key of this project was revoked: ask for access again with POST /access-requests.");

    private final PostgresSight sight;
    private final Grants grants;
    private final LastUses uses;

    PostgresConsoleKeys(PostgresSight sight, Grants grants, LastUses uses) {
        this.sight = sight;
        this.grants = grants;
        this.uses = uses;
    }

    @Override
    public Caller caller(Actor actor, Optional<ProjectId> wanted) {
        UserId user = actor.user().orElseThrow(() -> new KeyRefusedException(UserConsole.NOT_SIGNED_IN));
        ProjectId project = wanted.orElseGet(() -> onlyProject(actor));
        TenantId tenant =
                sight.owner(actor, "projects", project.value()).orElseThrow(() -> new KeyRefusedException(UNKNOWN));
        Caller caller = sight.change(actor, tenant, client -> {
            Permits permits =
                    PostgresGrants.in(client, actor, project).orElseThrow(() -> new KeyRefusedException(NO_ACCESS));
            KeyId key = find(client, user, project).orElseGet(() -> made(client, actor, user, tenant, project));
            return new Caller(tenant, project, key, permits);
        });
        uses.note(new KeyRecord(caller, Optional.<Instant>empty(), Optional.<Instant>empty()));
        return caller;
    }

    private ProjectId onlyProject(Actor actor) {
        List<Grants.Granted> granted = grants.of(actor);
        return switch (granted.size()) {
            case 0 -> throw new KeyRefusedException(NONE);
            case 1 -> granted.getFirst().project();
            default -> throw new KeyRefusedException(WHICH);
        };
    }

    private static Optional<KeyId> find(JdbcClient client, UserId user, ProjectId project) {
        return client.sql(FIND)
                .params(user.value(), project.value())
                .query(UUID.class)
                .optional()
                .map(KeyId::new);
    }

    /** Of two requests that make it at once the second finds what the first has made. */
    private KeyId made(JdbcClient client, Actor actor, UserId user, TenantId tenant, ProjectId project) {
        if (actor.seesOwnKeysOnly() && barred(client, user, project)) {
            throw new KeyRefusedException(REVOKED);
        }
        String name = "console of " + actor.name();
        Optional<UUID> made = client.sql(MAKE)
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("name", name)
                .param("owner", user.value())
                .param("ownerName", actor.name())
                .query(UUID.class)
                .optional();
        made.ifPresent(id -> sight.tell(
                actor,
                Optional.of(tenant),
                "key.create",
                id,
                Optional.empty(),
                Optional.of(
                        Map.of("project", project.value().toString(), "name", name, "kind", Key.Kind.CONSOLE.name()))));
        return made.map(KeyId::new)
                .or(() -> find(client, user, project))
                .orElseThrow(() -> new KeyRefusedException(REVOKED));
    }

    private static boolean barred(JdbcClient client, UserId user, ProjectId project) {
        return client.sql(BARRED)
                .param("owner", user.value())
                .param("project", project.value())
                .query(Boolean.class)
                .single();
    }
}
