package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Act;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ModelsServed;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The table {@code nodes}, whose rows hold reports as the node protocol defines them. Its times are the database's own, so only ages
 * leave it.
 */
@Component
final class PostgresNodeDirectory implements NodeDirectory {

    private static final String HEARD = """
            INSERT INTO nodes (name, registration) VALUES (:name, :registration::jsonb)
            ON CONFLICT (name) DO UPDATE SET registration = excluded.registration, heard_at = now(), lost_at = NULL
            RETURNING new.id, old.id IS NULL AS joined, old.lost_at
            """;

    /** Whose statement changes the row tells of it. */
    private static final String LOST = """
            UPDATE nodes SET lost_at = now() WHERE lost_at IS NULL AND heard_at < now() - :silent * interval '1 millisecond'
            RETURNING id, name, heard_at
            """;

    /** Who does what no user has done. */
    private static final String GATEHOUSE = "gatehouse";

    private static final String ALL = """
            SELECT name, registration, (extract(epoch FROM now() - heard_at) * 1000000)::bigint AS age_micros
            FROM nodes WHERE heard_at > now() - interval '1 day' ORDER BY name
            """;

    private final CoreDatabase core;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    /** What a report has changed. */
    private record Seen(UUID id, boolean joined, Optional<Instant> lost) {}

    private record Gone(UUID id, NodeName name, Instant heard) {}

    /**
     * A directory.
     *
     * @param events takes {@link ModelsServed} for every report, and {@link Act} when a node comes, goes or returns
     */
    PostgresNodeDirectory(CoreDatabase core, Clock clock, ApplicationEventPublisher events) {
        this.core = core;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public void heard(Registration registration) {
        String report = RegistrationBody.write(registration);
        core.transact(client -> {
            Seen seen = client.sql(HEARD)
                    .param("name", registration.name().value())
                    .param("registration", report)
                    .query((row, _) -> seen(row))
                    .single();
            tell(registration.name(), seen);
            return seen;
        });
        events.publishEvent(new ModelsServed(registration.name(), names(registration)));
    }

    private void tell(NodeName node, Seen seen) {
        if (seen.joined) {
            events.publishEvent(act("node.joined", seen.id, Map.of(), Map.of("name", node.value())));
        }
        seen.lost.ifPresent(since -> events.publishEvent(act(
                "node.returned",
                seen.id,
                Map.of("name", node.value(), "lost", since.toString()),
                Map.of("name", node.value()))));
    }

    @Override
    public List<NodeName> tellOfLost(Duration silent) {
        return core.transact(client -> {
            List<Gone> gone = client.sql(LOST)
                    .param("silent", silent.toMillis())
                    .query((row, _) -> new Gone(
                            row.getObject("id", UUID.class),
                            new NodeName(row.getString("name")),
                            time(row, "heard_at").orElseThrow()))
                    .list();
            gone.forEach(node -> events.publishEvent(act(
                    "node.lost",
                    node.id,
                    Map.of("name", node.name.value(), "heard", node.heard.toString()),
                    Map.of("name", node.name.value()))));
            return gone.stream().map(Gone::name).toList();
        });
    }

    private static Act act(String what, UUID node, Map<String, Object> before, Map<String, Object> after) {
        return new Act(
                Optional.empty(),
                GATEHOUSE,
                "",
                what,
                node,
                before.isEmpty() ? Optional.empty() : Optional.of(before),
                Optional.of(after));
    }

    private static Seen seen(ResultSet row) throws SQLException {
        return new Seen(row.getObject("id", UUID.class), row.getBoolean("joined"), time(row, "lost_at"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** The time is read before the ages are, so no report looks newer than it is. */
    @Override
    public List<Heard> all() {
        Instant now = clock.instant();
        return core.query(
                client -> client.sql(ALL).query((row, _) -> heard(row, now)).list());
    }

    private static Heard heard(ResultSet row, Instant now) throws SQLException {
        NodeName name = new NodeName(row.getString("name"));
        byte[] report = row.getString("registration").getBytes(StandardCharsets.UTF_8);
        return new Heard(RegistrationBody.read(name, report), now.minus(row.getLong("age_micros"), ChronoUnit.MICROS));
    }

    private static List<ModelName> names(Registration registration) {
        return registration.models().stream().map(Registration.Served::id).toList();
    }
}
