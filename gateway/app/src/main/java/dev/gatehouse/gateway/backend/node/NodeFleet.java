package dev.gatehouse.gateway.backend.node;

import com.linecorp.armeria.common.CommonPools;
import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.audit.NodeSignatures;
import dev.gatehouse.gateway.backend.Fleet;
import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Our nodes: what they are is read from their reports, and what they are told they are asked themselves. */
@Component
final class NodeFleet implements Fleet {

    private final PostgresFleet reports;
    private final NodeCall call;
    private final NodeSignatures signatures;

    NodeFleet(PostgresFleet reports, NodeCall call, NodeSignatures signatures) {
        this.reports = reports;
        this.call = call;
        this.signatures = signatures;
    }

    @Override
    public List<Member> members() {
        return reports.recent().stream().map(PostgresFleet.Row::member).toList();
    }

    @Override
    public Optional<Member> find(NodeName name) {
        return reports.find(name).map(PostgresFleet.Row::member);
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
        return reports.find(name).flatMap(before -> {
            Registration.State after = ask(before.report(), drained);
            reports.became(actor, drained ? "node.drain" : "node.undrain", before.member(), after);
            return find(name);
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
}
