package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.ModelName;
import dev.gatehouse.gateway.vocabulary.ModelsServed;
import dev.gatehouse.gateway.vocabulary.NodeName;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code nodes}, whose rows hold reports as the node protocol defines them; times are the database's own. */
@Component
final class PostgresNodeDirectory implements NodeDirectory {

    private static final String HEARD = """
            INSERT INTO nodes (name, registration) VALUES (:name, :registration::jsonb)
            ON CONFLICT (name) DO UPDATE SET registration = excluded.registration, heard_at = now()
            """;

    private static final String ALL = """
            SELECT name, registration, heard_at FROM nodes WHERE heard_at > now() - interval '1 day' ORDER BY name
            """;

    private final CoreDatabase core;
    private final JsonMapper json = JsonMapper.shared();
    private final ApplicationEventPublisher events;

    /**
     * A directory.
     *
     * @param events takes {@link ModelsServed} for every report
     */
    PostgresNodeDirectory(CoreDatabase core, ApplicationEventPublisher events) {
        this.core = core;
        this.events = events;
    }

    @Override
    public void heard(Registration registration) {
        String report = json.writeValueAsString(Report.of(registration));
        core.query(client -> client.sql(HEARD)
                .param("name", registration.name().value())
                .param("registration", report)
                .update());
        events.publishEvent(new ModelsServed(registration.name(), names(registration)));
    }

    @Override
    public List<Heard> all() {
        return core.query(
                client -> client.sql(ALL).query((row, _) -> heard(row)).list());
    }

    private Heard heard(ResultSet row) throws SQLException {
        NodeName name = new NodeName(row.getString("name"));
        Report report = json.readValue(row.getString("registration"), Report.class);
        return new Heard(
                report.by(name), row.getObject("heard_at", OffsetDateTime.class).toInstant());
    }

    private static List<ModelName> names(Registration registration) {
        return registration.models().stream().map(Registration.Served::id).toList();
    }

    /** A registration's body. */
    private record Report(
            URI url,
            String version,
            String build,
            List<Served> models,
            int slots,
            int kvTokens,
            String state,
            Registration.Load load) {

        static Report of(Registration registration) {
            return new Report(
                    registration.url(),
                    registration.version(),
                    registration.build(),
                    registration.models().stream().map(Served::of).toList(),
                    registration.slots(),
                    registration.kvTokens(),
                    registration.state().name().toLowerCase(Locale.ROOT),
                    registration.load());
        }

        Registration by(NodeName name) {
            return new Registration(
                    name,
                    url,
                    version,
                    build,
                    models.stream().map(Served::toModel).toList(),
                    slots,
                    kvTokens,
                    Registration.State.valueOf(state.toUpperCase(Locale.ROOT)),
                    load);
        }
    }

    private record Served(String id, String sha256, int context, int vocab) {

        static Served of(Registration.Served model) {
            return new Served(model.id().value(), model.sha256(), model.context(), model.vocab());
        }

        Registration.Served toModel() {
            return new Registration.Served(new ModelName(id), sha256, context, vocab);
        }
    }
}
