package dev.gatehouse.gateway.audit;

import dev.gatehouse.gateway.database.OpenTransaction;
import dev.gatehouse.gateway.vocabulary.Act;
import dev.gatehouse.gateway.vocabulary.TenantId;
import java.sql.Types;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Appends administrative acts to the table {@code acts}, in the transaction of the act: neither is there without the other. */
@Component
final class PostgresActs {

    private static final String APPEND = """
            INSERT INTO acts (tenant, actor, address, what, target, before, after)
            VALUES (:tenant, :actor, :address, :what, :target, :before::jsonb, :after::jsonb)
            """;

    private final OpenTransaction transaction;
    private final JsonMapper json = JsonMapper.shared();

    PostgresActs(OpenTransaction transaction) {
        this.transaction = transaction;
    }

    @EventListener
    void on(Act act) {
        transaction.join(client -> client.sql(APPEND)
                .param("tenant", act.tenant().map(TenantId::value).orElse(null), Types.OTHER)
                .param("actor", act.actor())
                .param("address", act.address())
                .param("what", act.what())
                .param("target", act.target())
                .param("before", text(act.before()), Types.VARCHAR)
                .param("after", text(act.after()), Types.VARCHAR)
                .update());
    }

    private @Nullable String text(Optional<Map<String, Object>> state) {
        return state.map(json::writeValueAsString).orElse(null);
    }
}
