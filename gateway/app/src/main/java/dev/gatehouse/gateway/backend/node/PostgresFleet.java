package dev.gatehouse.gateway.backend.node;

import com.linecorp.armeria.common.CommonPools;
import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.PostgresSight;
import dev.gatehouse.gateway.audit.NodeSignatures;
import dev.gatehouse.gateway.backend.Fleet;
import dev.gatehouse.gateway.database.CoreDatabase;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code nodes}, and the nodes themselves for what they are told to do. */
@Component
final class PostgresFleet implements Fleet {

    private static final String ROWS = """
            SELECT id, name, registration, heard_at, (extract(epoch FROM now() - heard_at) * 1000)::bigint AS silent_ms FROM nodes
            """;

    /** The report is made true before the node's next one, so that all gateways know of the change at once. */
    private static final String STATE = """
            UPDATE nodes SET registration = jsonb_set(registration, '{state}', to_jsonb(:state::text)) WHERE id = :id
            """;

    private final CoreDatabase core;
    private final PostgresSight sight;
    private final NodeCall call;
    private final NodeSignatures signatures;
    private final Duration silent;

    PostgresFleet(
            CoreDatabase core,
            PostgresSight sight,
            NodeCall call,
            NodeSignatures signatures,
            NodeProperties properties) {
        this.core = core;
        this.sight = sight;
        this.call = call;
        this.signatures = signatures;
        this.silent = properties.silent();
    }

    /** A member with the report that it is made of. */
    private record Row(Member member, Registration report) {}

    @Override
    public List<Member> members() {
        return core.query(client -> client.sql(ROWS + "WHERE heard_at > now() - interval '1 day' ORDER BY name")
                .query((row, _) -> row(row).member)
                .list());
    }

    @Override
    public Optional<Member> find(NodeName name) {
        return row(name).map(Row::member);
    }

    @Override
    public Optional<Member> drain(Actor actor, NodeName name) {
        return told(actor, name, true);
    }

    @Override
    public Optional<Member> undrain(Actor actor, NodeName name) {
        return told(actor, name, false);
    }

    private Optional<Member> told(Actor actor, NodeName name, boolean drained) {
        return row(name).map(before -> {
            Registration.State after = ask(before.report, drained);
            record(actor, before.member, drained ? "node.drain" : "node.undrain", wire(after));
            return row(name).orElseThrow().member;
        });
    }

    private Registration.State ask(Registration node, boolean drained) {
        try {
            WholeAnswer.Answered answer = call.drain(
                            node.name(),
                            node.url(),
                            claims -> signatures.sign(node.name(), claims),
                            drained,
                            CommonPools.workerGroup().next())
                    .join();
            return state(node.name(), answer);
        } catch (CompletionException unreachable) {
            throw new Fault(
                    Problem.of(
                            Code.UPSTREAM_LOST,
                            "The node %s does not answer: it was not changed. See whether it runs, and try again."
                                    .formatted(node.name())),
                    unreachable);
        }
    }

    /** A node that drains or loads answers its health with 503. */
    private static Registration.State state(NodeName node, WholeAnswer.Answered answer) {
        try {
            String state =
                    JsonMapper.shared().readTree(answer.body()).path("state").asString("");
            return Registration.State.valueOf(state.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException | JacksonException refused) {
            throw new Fault(
                    Problem.of(
                            Code.UPSTREAM_FAILED,
                            "The node %s answers HTTP %d: it was not changed.".formatted(node, answer.status())),
                    refused);
        }
    }

    private void record(Actor actor, Member node, String what, String state) {
        core.transact(client -> {
            sight.tell(
                    actor,
                    Optional.empty(),
                    what,
                    node.id(),
                    Optional.of(Map.of("name", node.name().value(), "state", wire(node.state()))),
                    Optional.of(Map.of("name", node.name().value(), "state", state)));
            return client.sql(STATE)
                    .param("state", state)
                    .param("id", node.id())
                    .update();
        });
    }

    private Optional<Row> row(NodeName name) {
        return core.query(client -> client.sql(ROWS + "WHERE name = :name")
                .param("name", name.value())
                .query((row, _) -> row(row))
                .optional());
    }

    private Row row(ResultSet row) throws SQLException {
        byte[] report = row.getString("registration").getBytes(StandardCharsets.UTF_8);
        Registration registration = RegistrationBody.read(new NodeName(row.getString("name")), report);
        boolean lost = row.getLong("silent_ms") > silent.toMillis();
        return new Row(
                new Member(
                        PostgresSight.id(row, "id"),
                        registration.name(),
                        lost ? State.LOST : State.valueOf(registration.state().name()),
                        PostgresSight.time(row, "heard_at").orElseThrow(),
                        registration.version(),
                        registration.build(),
                        registration.models().stream()
                                .map(served -> new Served(served.id(), served.context()))
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
