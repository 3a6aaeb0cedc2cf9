package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code tenants}. */
final class PostgresTenants implements Tenants {

    private static final String LIST = """
            SELECT id, name, time_zone, created_at FROM tenants
            WHERE (:name::text IS NULL OR position(lower(:name) IN lower(name)) > 0)
              AND (:after::uuid IS NULL OR id > :after)
            ORDER BY id LIMIT :most
            """;

    private final PostgresSight sight;

    PostgresTenants(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public Tenant create(Actor actor, String name) {
        if (actor.tenant().isPresent()) {
            throw new RefusedException(
                    RefusedException.Why.FORBIDDEN, "Only users of the whole installation make tenants.");
        }
        try {
            return sight.changeAll(client -> {
                Tenant made = client.sql(
                                "INSERT INTO tenants (name) VALUES (?) RETURNING id, name, time_zone, created_at")
                        .param(name)
                        .query((row, _) -> tenant(row))
                        .single();
                sight.tell(
                        actor,
                        Optional.empty(),
                        "tenant.create",
                        made.id().value(),
                        Optional.empty(),
                        Optional.of(made.told()));
                return made;
            });
        } catch (DuplicateKeyException taken) {
            throw exists(name);
        }
    }

    @Override
    public Optional<Tenant> find(Actor actor, TenantId id) {
        return sight.read(actor, client -> row(client, id));
    }

    @Override
    public Page<Tenant> list(Actor actor, Optional<String> name, Paging paging) {
        return Page.of(
                sight.read(
                        actor,
                        client -> client.sql(LIST)
                                .param("name", name.orElse(null), Types.VARCHAR)
                                .param("after", paging.after().orElse(null), Types.OTHER)
                                .param("most", paging.limit() + 1)
                                .query((row, _) -> tenant(row))
                                .list()),
                paging,
                tenant -> tenant.id().value());
    }

    @Override
    public Optional<Tenant> rename(Actor actor, TenantId id, String name) {
        return changed(
                actor,
                id,
                name,
                "tenant.rename",
                client -> client.sql("UPDATE tenants SET name = ? WHERE id = ?")
                        .params(name, id.value())
                        .update());
    }

    @Override
    public Optional<Tenant> change(Actor actor, TenantId id, String name, ZoneId zone) {
        try {
            return changed(
                    actor,
                    id,
                    name,
                    "tenant.change",
                    client -> client.sql("UPDATE tenants SET name = ?, time_zone = ? WHERE id = ?")
                            .params(name, zone.getId(), id.value())
                            .update());
        } catch (DataIntegrityViolationException unknown) {
            throw new IllegalArgumentException("PostgreSQL does not know the time zone " + zone, unknown);
        }
    }

    private Optional<Tenant> changed(Actor actor, TenantId id, String name, String what, Consumer<JdbcClient> change) {
        if (find(actor, id).isEmpty()) {
            return Optional.empty();
        }
        try {
            return sight.change(
                    actor,
                    id,
                    client -> row(client, id).flatMap(before -> {
                        change.accept(client);
                        Optional<Tenant> after = row(client, id);
                        sight.tell(
                                actor,
                                Optional.of(id),
                                what,
                                id.value(),
                                Optional.of(before.told()),
                                after.map(Tenant::told));
                        return after;
                    }));
        } catch (DuplicateKeyException taken) {
            throw exists(name);
        }
    }

    private static Optional<Tenant> row(JdbcClient client, TenantId id) {
        return client.sql("SELECT id, name, time_zone, created_at FROM tenants WHERE id = ?")
                .param(id.value())
                .query((row, _) -> tenant(row))
                .optional();
    }

    private static Tenant tenant(ResultSet row) throws SQLException {
        return new Tenant(
                new TenantId(row.getObject("id", UUID.class)),
                row.getString("name"),
                ZoneId.of(row.getString("time_zone")),
                PostgresSight.time(row, "created_at").orElseThrow());
    }

    private static RefusedException exists(String name) {
        return new RefusedException(
                RefusedException.Why.EXISTS, "There is a tenant '%s' already: choose another name.".formatted(name));
    }
}
