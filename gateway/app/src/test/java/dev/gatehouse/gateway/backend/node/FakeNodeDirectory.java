package dev.gatehouse.gateway.backend.node;

import dev.gatehouse.gateway.vocabulary.Code;
import dev.gatehouse.gateway.vocabulary.Fault;
import dev.gatehouse.gateway.vocabulary.NodeName;
import dev.gatehouse.gateway.vocabulary.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A directory in memory; its reports are as old as they are told, and it may be away. */
final class FakeNodeDirectory implements NodeDirectory {

    private final Map<NodeName, Heard> nodes = new LinkedHashMap<>();
    boolean away;

    void add(Registration registration) {
        add(registration, Instant.EPOCH);
    }

    void add(Registration registration, Instant at) {
        nodes.put(registration.name(), new Heard(registration, at));
    }

    void clear() {
        nodes.clear();
    }

    @Override
    public void heard(Registration registration) {
        reach();
        add(registration);
    }

    @Override
    public List<Heard> all() {
        reach();
        return List.copyOf(nodes.values());
    }

    @Override
    public List<NodeName> tellOfLost(Duration silent) {
        reach();
        return List.of();
    }

    private void reach() {
        if (away) {
            throw new Fault(Problem.of(Code.DATABASE_UNAVAILABLE, "away, on purpose"));
        }
    }
}
