package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ModelsServed;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
            ON CONFLICT (name) DO UPDATE SET registration = excluded.registration, heard_at = now()
            """;

    private static final String ALL = """
            SELECT name, registration, (extract(epoch FROM now() - heard_at) * 1000000)::bigint AS age_micros
            FROM nodes WHERE heard_at > now() - interval '1 day' ORDER BY name
            """;

    private final CoreDatabase core;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    /**
     * A directory.
     *
     * @param events takes {@link ModelsServed} for every report
     */
    PostgresNodeDirectory(CoreDatabase core, Clock clock, ApplicationEventPublisher events) {
        this.core = core;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public void heard(Registration registration) {
        String report = RegistrationBody.write(registration);
        core.query(client -> client.sql(HEARD)
                .param("name", registration.name().value())
                .param("registration", report)
                .update());
        events.publishEvent(new ModelsServed(registration.name(), names(registration)));
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
