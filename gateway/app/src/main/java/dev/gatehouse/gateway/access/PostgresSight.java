package dev.gatehouse.gateway.access;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.database.TenantTransactions;
import dev.gatehouse.gateway.vocabulary.Act;
import dev.gatehouse.gateway.vocabulary.TenantId;
import dev.gatehouse.gateway.vocabulary.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a user sees and changes: a tenant's user through row-level security, others through the role that reads all tenants. What belongs to a
 * tenant is changed in that tenant's own transaction, whoever changes it, and tells of the act there. Who sees only its own keys belongs to a
 * tenant: without one it sees nothing.
 */
public final class PostgresSight {

    private static final UUID NONE = new UUID(0, 0);

    private final CoreDatabase core;
    private final TenantTransactions tenants;
    private final Consumer<Object> events;

    /** @param events publishes an event to listeners on this thread */
    PostgresSight(CoreDatabase core, TenantTransactions tenants, Consumer<Object> events) {
        this.core = core;
        this.tenants = tenants;
        this.events = events;
    }

    /** Reads in one transaction. */
    public <T> T read(Actor actor, Function<JdbcClient, T> work) {
        if (actor.seesOwnKeysOnly()) {
            return tenants.as(actor.tenant().orElse(new TenantId(NONE)), owner(actor), work);
        }
        return actor.tenant().isPresent() ? tenants.as(actor.tenant().get(), work) : core.transact(work);
    }

    /** Changes what belongs to the installation, in one transaction. */
    public <T> T changeAll(Function<JdbcClient, T> work) {
        return core.transact(work);
    }

    /** Changes what belongs to a tenant, in one transaction; of it only what the user sees. */
    public <T> T change(Actor actor, TenantId tenant, Function<JdbcClient, T> work) {
        return actor.seesOwnKeysOnly() ? tenants.as(tenant, owner(actor), work) : tenants.as(tenant, work);
    }

    /** Whose a row is, if the user sees it. {@code table} is a name of ours. */
    public Optional<TenantId> owner(Actor actor, String table, UUID id) {
        return read(
                actor,
                client -> client.sql("SELECT tenant FROM " + table + " WHERE id = ?")
                        .param(id)
                        .query(UUID.class)
                        .optional()
                        .map(TenantId::new));
    }

    private static UserId owner(Actor actor) {
        return actor.user().orElse(new UserId(NONE));
    }

    /** Tells of an act inside its transaction. */
    public void tell(
            Actor actor,
            Optional<TenantId> tenant,
            String what,
            UUID target,
            Optional<Map<String, Object>> before,
            Optional<Map<String, Object>> after) {
        events.accept(new Act(tenant, actor.name(), actor.address(), what, target, before, after));
    }

    public static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    public static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
