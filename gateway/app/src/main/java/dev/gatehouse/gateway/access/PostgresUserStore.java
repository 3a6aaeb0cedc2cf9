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
            INSERT INTO users (name, role, tenant, password) VALUES (:name, :role, :tenant, :password)
            ON CONFLICT (name) DO UPDATE SET password = excluded.password
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
    public void put(User user) {
        core.query(client -> client.sql(PUT)
                .param("name", user.name())
                .param("role", user.role().wire())
                .param("tenant", user.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                .param("password", user.password())
                .update());
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                Optional.of(new UserId(PostgresSight.id(row, "id"))),
                row.getString("name"),
                Role.of(row.getString("role")),
                Optional.ofNullable(row.getObject("tenant", UUID.class)).map(TenantId::new),
                row.getString("password"));
    }
}
