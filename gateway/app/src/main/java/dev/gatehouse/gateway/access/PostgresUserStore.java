package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.UUID;

/** The table {@code users}. */
final class PostgresUserStore implements UserStore {

    private static final String PUT = """
            WITH known AS (
                INSERT INTO users (name, role, tenant, password) VALUES (:name, :role, :tenant, :password)
                ON CONFLICT (name) DO UPDATE SET password = excluded.password
                RETURNING id),
            links AS (DELETE FROM sign_in_links USING known WHERE user_id = known.id)
            DELETE FROM sessions USING known WHERE user_id = known.id
            """;

    private static final String SEEN = """
            UPDATE users SET seen_at = now()
            WHERE id = ? AND (seen_at IS NULL OR seen_at < now() - interval '1 minute')
            """;

    private final CoreDatabase core;

    PostgresUserStore(CoreDatabase core) {
        this.core = core;
    }

    @Override
    public Optional<User> find(String name) {
        return core.query(client -> client.sql("SELECT id, name, role, tenant, password FROM users WHERE name = ?")
                .param(name)
                .query((row, _) -> user(row))
                .optional());
    }

    @Override
    public void put(String name, Role role, Optional<TenantId> tenant, String password) {
        core.query(client -> client.sql(PUT)
                .param("name", name)
                .param("role", role.wire())
                .param("tenant", tenant.map(TenantId::value).orElse(null), Types.OTHER)
                .param("password", password)
                .update());
    }

    @Override
    public void seen(UserId user) {
        core.query(client -> client.sql(SEEN).param(user.value()).update());
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Role.of(row.getString("role")),
                Optional.ofNullable(row.getObject("tenant", UUID.class)).map(TenantId::new),
                Optional.ofNullable(row.getString("password")));
    }
}
