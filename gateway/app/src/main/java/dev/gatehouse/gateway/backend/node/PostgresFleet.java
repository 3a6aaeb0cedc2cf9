package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.backend.Fleet;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The nodes as the table {@code nodes} has them, and what is noted there of what they were told. */
@Component
final class PostgresFleet {

    private static final String ROWS = """
            SELECT id, name, registration, heard_at, (extract(epoch FROM now() - heard_at) * 1000)::bigint AS silent_ms FROM nodes
            """;

    /** The report is made true before the node's next one, so that all gateways know of the change at once. */
    private static final String STATE = """
            UPDATE nodes SET registration = jsonb_set(registration, '{state}', to_jsonb(:state::text)) WHERE id = :id
            """;

    private final CoreDatabase core;
    private final PostgresSight sight;
    private final Duration silent;

    PostgresFleet(CoreDatabase core, PostgresSight sight, NodeProperties properties) {
        this.core = core;
        this.sight = sight;
        this.silent = properties.silent();
    }

    /** A member with the report that it is made of. */
    record Row(Fleet.Member member, Registration report) {}

    /** Every node that was heard within the last day, by name. */
    List<Row> recent() {
        return core.query(client -> client.sql(ROWS + "WHERE heard_at > now() - interval '1 day' ORDER BY name")
                .query((row, _) -> row(row))
                .list());
    }

    Optional<Row> find(NodeName name) {
        return core.query(client -> client.sql(ROWS + "WHERE name = :name")
                .param("name", name.value())
                .query((row, _) -> row(row))
                .optional());
    }

    /** Notes what a node has become, with the act that made it so. */
    void became(Actor actor, String what, Fleet.Member before, Registration.State after) {
        core.transact(client -> {
            sight.tell(actor, Optional.empty(), what, before.id(), told(before, before.state()), told(before, after));
            return client.sql(STATE)
                    .param("state", wire(after))
                    .param("id", before.id())
                    .update();
        });
    }

    private static Optional<Map<String, Object>> told(Fleet.Member node, Enum<?> state) {
        return Optional.of(Map.of("name", node.name().value(), "state", wire(state)));
    }

    private Row row(ResultSet row) throws SQLException {
        byte[] report = row.getString("registration").getBytes(StandardCharsets.UTF_8);
        Registration registration = RegistrationBody.read(new NodeName(row.getString("name")), report);
        boolean lost = row.getLong("silent_ms") > silent.toMillis();
        return new Row(
                new Fleet.Member(
                        PostgresSight.id(row, "id"),
                        registration.name(),
                        lost
                                ? Fleet.State.LOST
                                : Fleet.State.valueOf(registration.state().name()),
                        PostgresSight.time(row, "heard_at").orElseThrow(),
                        registration.version(),
                        registration.build(),
                        registration.models().stream()
                                .map(served -> new Fleet.Served(served.id(), served.context()))
                                .toList(),
                        registration.slots(),
                        registration.load().running(),
                        registration.load().waiting(),
                        registration.load().kvUsed(),
                        registration.kvTokens(),
                        registration.load().tokensPerSecond()),
                registration);
    }

    private static String wire(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
