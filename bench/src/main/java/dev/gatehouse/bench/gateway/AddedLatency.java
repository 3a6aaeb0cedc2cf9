package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.load.Client;
import dev.gatehouse.bench.load.OpenLoop;
import dev.gatehouse.bench.load.Samples;
import dev.gatehouse.bench.load.Schedule;
import dev.gatehouse.bench.node.Script;
import dev.gatehouse.bench.report.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Latency at a fixed rate: what a target adds to the node's own, round by round. */
final class AddedLatency {

    private static final int CONNECTIONS = 64;
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final double MS = 1e6;

    private final OpenLoop loop;
    private final Measurement measurement;
    private final Script script;

    AddedLatency(Client client, Measurement measurement, Script script) {
        this.loop = new OpenLoop(client, CONNECTIONS);
        this.measurement = measurement;
        this.script = script;
    }

    /** One round: the same schedule to both. */
    record Round(Samples through, Samples direct) {}

    /** What the target adds at one percentile. */
    record Added(List<Round> rounds) {

        Series ms(double share) {
            return percentile(share, Round::through).minus(percentile(share, Round::direct));
        }

        private Series percentile(double share, Function<Round, Samples> side) {
            return new Series(rounds.stream()
                    .mapToDouble(round -> side.apply(round).percentile(share) / MS)
                    .toArray());
        }
    }

    Added measure(Target target, Target direct, double perSecond, Effort effort) throws InterruptedException {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < effort.openLoopRounds(); i++) {
            Schedule schedule = Schedule.poisson(perSecond, effort.openLoop().toMillis() / 1e3, i);
            rounds.add(i % 2 == 0 ? targetFirst(target, direct, schedule) : directFirst(target, direct, schedule));
        }
        return new Added(rounds);
    }

    private Round targetFirst(Target target, Target direct, Schedule schedule) throws InterruptedException {
        Samples through = run(target, schedule);
        return new Round(through, run(direct, schedule));
    }

    private Round directFirst(Target target, Target direct, Schedule schedule) throws InterruptedException {
        Samples without = run(direct, schedule);
        return new Round(run(target, schedule), without);
    }

    private Samples run(Target target, Schedule schedule) throws InterruptedException {
        return loop.run(target.request(script, false), measurement.expected(target), schedule, BOUND)
                .requireRight(target.name())
                .latencies();
    }
}
