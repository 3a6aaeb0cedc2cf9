package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.gateway.Cancels.Moment;
import dev.gatehouse.bench.load.ClosedLoop;
import dev.gatehouse.bench.node.Script;
import dev.gatehouse.bench.report.Figure;
import dev.gatehouse.bench.report.Report;
import dev.gatehouse.bench.report.Series;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** The story of a run: requests, deltas, cancels and latency, nginx and the gateway in turn. */
final class GatewayBench {

    private static final int CALLERS = 32;
    private static final Script ANSWER = Script.burst(168);

    private static final Duration PEER_WARM_UP = Duration.ofSeconds(2);

    private static final int STREAMS = 200;
    private static final int DELTAS = 64;
    private static final int PACE_MS = 20;
    private static final int FEW_DELTAS = 8;
    private static final Script BURST = Script.burst(DELTAS);

    private static final int MANY_STREAMS = 1_000;
    private static final Duration MANY_STARTED_IN = Duration.ofSeconds(1);
    private static final int SLOW_DELTAS = 40;
    private static final int SLOW_PACE_MS = 100;

    private static final double SHARE_OF_SATURATION = 0.4;
    private static final double MB = 1e6;

    private final Setup setup;
    private final Effort effort;
    private final Report report;
    private final PrintStream narration;

    GatewayBench(Setup setup, Effort effort, Report report, PrintStream narration) {
        this.setup = setup;
        this.effort = effort;
        this.report = report;
        this.narration = narration;
    }

    void run() throws InterruptedException {
        double saturation = requests();
        deltas();
        memory();
        cancels();
        latency(saturation * SHARE_OF_SATURATION);
    }

    /** Answers a second of the subject at saturation. */
    private double requests() {
        Measurement answers = new Measurement(setup.client(), ANSWER, false, setup.proxies());
        new WarmUp(CALLERS, effort.warmUpRequests(), report, narration).run(answers, setup.subject(), "requests");
        answers.run(setup.nginx(), ClosedLoop.saturating(CALLERS, PEER_WARM_UP));
        narration.printf("%d callers at saturation%n", CALLERS);
        Comparison costs = answers.interleaved(ClosedLoop.saturating(CALLERS, effort.saturated()), effort.rounds());
        Costs nginx = costs.of(setup.nginx());
        report.figure(Figure.of("nginx.cpu_us_per_request", nginx.perAnswerUs(), "us"));
        setup.gateway().ifPresent(gateway -> requestFigures(costs.of(gateway), nginx));
        return costs.of(setup.subject()).perSecond().median();
    }

    private void requestFigures(Costs gateway, Costs nginx) {
        Series ratio = gateway.perAnswerUs().over(nginx.perAnswerUs());
        report.figure(Figure.of("gateway.cpu_us_per_request.everything_on", gateway.perAnswerUs(), "us")
                .against("nginx", ratio));
        report.figure(
                Figure.of("gateway.cpu_us_per_request.everything_on.database", gateway.databasePerAnswerUs(), "us"));
        report.figure(Figure.of("gateway.cpu_ratio_nginx.everything_on", ratio, "ratio")
                .against("nginx", ratio));
        report.figure(Figure.of("gateway.compiler_percent.requests", gateway.compilerPercent(), "%"));
        report.figure(Figure.of("gateway.requests_per_second.saturated", gateway.perSecond(), "1/s")
                .against("nginx", gateway.perSecond().over(nginx.perSecond())));
    }

    /** Long streams, and short ones at the same number of streams a second: the difference is the deltas alone. */
    private void deltas() {
        narration.printf("%d streams of %d deltas, one each %d ms%n", STREAMS, DELTAS, PACE_MS);
        Measurement streams = new Measurement(setup.client(), stream(DELTAS), true, setup.proxies());
        Measurement brief = new Measurement(setup.client(), stream(FEW_DELTAS), true, setup.proxies());
        Measurement bursts = new Measurement(setup.client(), BURST, true, List.of(setup.subject()));
        new WarmUp(CALLERS, effort.warmUpStreams(), report, narration).run(bursts, setup.subject(), "streams");
        setup.proxies().forEach(target -> streams.run(target, streams(2)));
        Comparison costs = streams.interleaved(streams(effort.streamsEach()), effort.rounds());
        Comparison briefCosts = brief.interleaved(briefStreams(effort.streamsEach()), effort.rounds());
        DeltaCosts nginx = new DeltaCosts(costs.of(setup.nginx()), briefCosts.of(setup.nginx()));
        report.figure(Figure.of("nginx.cpu_us_per_delta", nginx.allIn(), "us"));
        setup.gateway().ifPresent(gateway -> {
            deltaFigures(new DeltaCosts(costs.of(gateway), briefCosts.of(gateway)), nginx);
        });
    }

    private void memory() {
        setup.gateway().ifPresent(gateway -> {
            narration.printf("%,d streams at a time%n", MANY_STREAMS);
            Script slow = Script.paced(SLOW_DELTAS, SLOW_PACE_MS);
            new Measurement(setup.client(), slow, true, List.of(gateway))
                    .run(gateway, ClosedLoop.counted(MANY_STREAMS, MANY_STARTED_IN, 1));
            report.figure(Figure.of("gateway.rss_anon_mb.streams1000", gateway.anonymousBytes() / MB, "MB"));
        });
    }

    private void deltaFigures(DeltaCosts gateway, DeltaCosts nginx) {
        Series ratio = gateway.allIn().over(nginx.allIn());
        Series slopes = gateway.alone().over(nginx.alone());
        report.figure(
                Figure.of("gateway.cpu_us_per_delta", gateway.allIn(), "us").against("nginx", ratio));
        report.figure(Figure.of("gateway.delta_ratio_nginx", ratio, "ratio").against("nginx", ratio));
        report.figure(Figure.of("gateway.cpu_us_per_delta.alone", gateway.alone(), "us")
                .against("nginx", slopes));
        report.figure(
                Figure.of("gateway.compiler_percent.deltas", gateway.streams().compilerPercent(), "%"));
    }

    /** What streams cost per delta. */
    private record DeltaCosts(Costs streams, Costs brief) {

        /** The stream's own request and end included. */
        Series allIn() {
            return streams.perAnswerUs().per(DELTAS);
        }

        /** One delta more. */
        Series alone() {
            return streams.perAnswerUs().minus(brief.perAnswerUs()).per(DELTAS - FEW_DELTAS);
        }
    }

    private static Script stream(int deltas) {
        return Script.paced(deltas, PACE_MS);
    }

    private static ClosedLoop streams(int each) {
        return ClosedLoop.counted(STREAMS, Duration.ofMillis((long) DELTAS * PACE_MS), each);
    }

    private static ClosedLoop briefStreams(int each) {
        int shorter = DELTAS / FEW_DELTAS;
        return ClosedLoop.counted(STREAMS / shorter, Duration.ofMillis((long) FEW_DELTAS * PACE_MS), each * shorter);
    }

    private void cancels() throws InterruptedException {
        narration.printf("callers that hang up%n");
        Cancels cancels = new Cancels(setup.client(), setup.node());
        for (Target target : setup.proxies()) {
            double slowest = 0;
            for (Moment moment : Moment.values()) {
                Series tries = cancels.measureMs(target, moment, effort.cancels());
                slowest = Math.max(slowest, tries.high());
                report.figure(Figure.of(target.name() + ".cancel_ms." + moment.word(), tries, "ms"));
            }
            report.figure(Figure.of(target.name() + ".cancel_ms", slowest, "ms"));
        }
    }

    private void latency(double perSecond) throws InterruptedException {
        narration.printf("open loop at %.0f requests a second%n", perSecond);
        List<Target> targets = List.of(setup.direct(), setup.subject());
        Measurement answers = new Measurement(setup.client(), ANSWER, false, targets);
        AddedLatency.Added added = new AddedLatency(setup.client(), answers, ANSWER)
                .measure(setup.subject(), setup.direct(), perSecond, effort);
        String suffix = setup.gateway().isPresent() ? ".everything_on" : "";
        String name = setup.subject().name();
        report.figure(Figure.of(name + ".added_latency.requests_per_second", perSecond, "1/s"));
        report.figure(Figure.of(name + ".added_p50_ms" + suffix, added.ms(0.5), "ms"));
        report.figure(Figure.of(name + ".added_p99_ms" + suffix, added.ms(0.99), "ms"));
    }
}
