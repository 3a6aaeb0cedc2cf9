package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.load.Client;
import dev.gatehouse.bench.load.ClosedLoop;
import dev.gatehouse.bench.load.Expected;
import dev.gatehouse.bench.load.Tally;
import dev.gatehouse.bench.node.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A closed loop of one script, run against several targets in turn. */
final class Measurement {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final Client client;
    private final Script script;
    private final boolean stream;
    private final Map<Target, Expected> expected = new LinkedHashMap<>();

    Measurement(Client client, Script script, boolean stream, List<Target> targets) {
        this.client = client;
        this.script = script;
        this.stream = stream;
        Probe probe = new Probe(client);
        targets.forEach(target -> expected.put(target, probe.learn(target, script, stream)));
    }

    Expected expected(Target target) {
        return Objects.requireNonNull(expected.get(target), target.name());
    }

    /** Every target once a round, in an order that turns from round to round. */
    Comparison interleaved(ClosedLoop plan, int rounds) {
        Comparison comparison = new Comparison();
        List<Target> order = new ArrayList<>(expected.keySet());
        for (int round = 0; round < rounds; round++) {
            order.forEach(target -> comparison.add(target, run(target, plan)));
            Collections.rotate(order, 1);
        }
        return comparison;
    }

    Cost run(Target target, ClosedLoop plan) {
        double own = target.cpuUs();
        double compiler = target.compilerUs();
        double database = target.databaseUs();
        Tally tally = plan.run(client, target.request(script, stream), expected(target), BOUND);
        return new Cost(
                tally.requireRight(target.name()),
                target.cpuUs() - own,
                target.compilerUs() - compiler,
                target.databaseUs() - database);
    }
}
