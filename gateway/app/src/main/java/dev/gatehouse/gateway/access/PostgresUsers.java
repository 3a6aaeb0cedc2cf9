package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code users}, as administered. */
final class PostgresUsers implements Users {

    private static final String SELECT = """
            SELECT u.id, u.name, u.role, u.tenant, t.name AS tenant_name, u.created_at, u.seen_at, u.has_password
            FROM users u LEFT JOIN tenants t ON t.id = u.tenant
            """;

    private static final String LIST = SELECT + """
            WHERE (:tenant::uuid IS NULL OR u.tenant = :tenant)
              AND (:name::text IS NULL OR position(lower(:name) IN u.name) > 0)
              AND (:after::uuid IS NULL OR u.id > :after)
            ORDER BY u.id LIMIT :most
            """;

    /** Those who can sign in; locked, so that two of them cannot remove each other. */
    private static final String OWNERS = """
            SELECT id FROM users WHERE tenant IS NULL AND role = 'owner' AND has_password ORDER BY id FOR UPDATE
            """;

    private final PostgresSight sight;

    PostgresUsers(PostgresSight sight) {
        this.sight = sight;
    }

    @Override
    public Page<Account> list(Actor actor, Optional<TenantId> tenant, Optional<String> name, Paging paging) {
        return Page.of(
                sight.read(
                        actor,
                        client -> client.sql(LIST)
                                .param("tenant", tenant.map(TenantId::value).orElse(null), Types.OTHER)
                                .param("name", name.orElse(null), Types.VARCHAR)
                                .param("after", paging.after().orElse(null), Types.OTHER)
                                .param("most", paging.limit() + 1)
                                .query((row, _) -> account(row))
                                .list()),
                paging,
                account -> account.id().value());
    }

    @Override
    public Optional<Account> find(Actor actor, UserId id) {
        return sight.read(actor, client -> row(client, id));
    }

    @Override
    public Invited create(Actor actor, String name, Role role, Optional<TenantId> tenant) {
        requireSight(actor, tenant);
        try {
            return in(actor, tenant, client -> {
                UserId id = new UserId(
                        client.sql("INSERT INTO users (name, role, tenant) VALUES (:name, :role, :tenant) RETURNING id")
                                .param("name", name)
                                .param("role", role.wire())
                                .param("tenant", tenant.map(TenantId::value).orElse(null), Types.OTHER)
                                .query(UUID.class)
                                .single());
                Account made = row(client, id).orElseThrow();
                tell(actor, "user.create", made, Optional.empty(), Optional.of(made));
                return new Invited(made, PostgresSessions.link(client, id, true, Sessions.INVITATION));
            });
        } catch (DuplicateKeyException taken) {
            throw new RefusedException(
                    RefusedException.Why.EXISTS, "There is a user '%s' already: choose another name.".formatted(name));
        } catch (DataIntegrityViolationException unknown) {
            throw noTenant();
        }
    }

    @Override
    public Optional<Account> change(Actor actor, UserId id, Role role) {
        return changed(actor, id, (client, before) -> {
            if (role != Role.OWNER) {
                requireAnotherOwner(client, before);
            }
            client.sql("UPDATE users SET role = ? WHERE id = ?")
                    .params(role.wire(), id.value())
                    .update();
            Account after = row(client, id).orElseThrow();
            tell(actor, "user.change", after, Optional.of(before), Optional.of(after));
            return after;
        });
    }

    @Override
    public Optional<Account> delete(Actor actor, UserId id) {
        return changed(actor, id, (client, before) -> {
            requireAnotherOwner(client, before);
            client.sql("DELETE FROM users WHERE id = ?").param(id.value()).update();
            tell(actor, "user.delete", before, Optional.of(before), Optional.empty());
            return before;
        });
    }

    @Override
    public Optional<Sessions.Link> link(Actor actor, UserId id) {
        return changed(actor, id, (client, user) -> {
            tell(actor, "user.link", user, Optional.of(user), Optional.of(user));
            return PostgresSessions.link(client, id, true, Sessions.INVITATION);
        });
    }

    /** Something that is done to a user, in the transaction in which it was found. */
    private interface Change<T> {
        T to(JdbcClient client, Account user);
    }

    private <T> Optional<T> changed(Actor actor, UserId id, Change<T> change) {
        return find(actor, id)
                .flatMap(seen ->
                        in(actor, seen.tenant(), client -> row(client, id).map(user -> change.to(client, user))));
    }

    /** In the transaction of the user's tenant, or of the installation. */
    private <T> T in(Actor actor, Optional<TenantId> tenant, Function<JdbcClient, T> work) {
        return tenant.isPresent() ? sight.change(actor, tenant.get(), work) : sight.changeAll(work);
    }

    private void tell(Actor actor, String what, Account user, Optional<Account> before, Optional<Account> after) {
        sight.tell(actor, user.tenant(), what, user.id().value(), before.map(Account::told), after.map(Account::told));
    }

    private static void requireSight(Actor actor, Optional<TenantId> tenant) {
        if (actor.tenant().isPresent() && tenant.isEmpty()) {
            throw new RefusedException(
                    RefusedException.Why.FORBIDDEN,
                    "Only users of the whole installation make such users: name your tenant.");
        }
        if (actor.tenant().isPresent() && !actor.tenant().equals(tenant)) {
            throw noTenant();
        }
    }

    private static void requireAnotherOwner(JdbcClient client, Account user) {
        if (user.tenant().isEmpty()
                && client.sql(OWNERS)
                        .query(UUID.class)
                        .list()
                        .equals(List.of(user.id().value()))) {
            throw new RefusedException(
                    RefusedException.Why.FIXED,
                    "'%s' is the last owner of the installation who has a password: make another one first."
                            .formatted(user.name()));
        }
    }

    private static Optional<Account> row(JdbcClient client, UserId id) {
        return client.sql(SELECT + "WHERE u.id = ?")
                .param(id.value())
                .query((row, _) -> account(row))
                .optional();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new UserId(PostgresSight.id(row, "id")),
                row.getString("name"),
                Role.of(row.getString("role")),
                Optional.ofNullable(PostgresSight.id(row, "tenant")).map(TenantId::new),
                Optional.ofNullable(row.getString("tenant_name")),
                PostgresSight.time(row, "created_at").orElseThrow(),
                PostgresSight.time(row, "seen_at"),
                row.getBoolean("has_password"));
    }

    private static RefusedException noTenant() {
        return new RefusedException(RefusedException.Why.MISSING, "There is no such tenant.");
    }
}
