package dev.gatehouse.bench.gateway;

import dev.gatehouse.bench.command.Measuring;
import dev.gatehouse.bench.host.Database;
import dev.gatehouse.bench.host.Gatehouse;
import dev.gatehouse.bench.host.Machine;
import dev.gatehouse.bench.host.Nginx;
import dev.gatehouse.bench.host.Scratch;
import dev.gatehouse.bench.load.Client;
import dev.gatehouse.bench.node.MockNode;
import dev.gatehouse.bench.node.Registration;
import dev.gatehouse.bench.report.Conditions;
import dev.gatehouse.bench.report.Report;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench gateway}: sets everything up, runs it, and takes it down. */
@Command(
        name = "gateway",
        description = "What the gateway costs and adds, beside nginx, in one run.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class GatewayCommand implements Callable<Integer> {

    private static final String NODE = "bench-node";
    private static final Map<String, String> SETTINGS = Map.of("gatehouse.quota.requests-per-minute", "1000000000");

    @Mixin
    private Measuring measuring = new Measuring();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Measure the Gatehouse that runs with this data directory, instead of one of its own."
                    + " It must run without workers and with its request limit lifted.")
    private @Nullable Path data;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Model that the node offers. Default: ${DEFAULT-VALUE}.")
    private String model = "tiny-moe";

    @Option(names = "--peer-only", description = "Leave the gateway out: shows what the machine itself is worth.")
    private boolean peerOnly;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return measuring.run(this::measure);
    }

    private void measure(Scratch scratch) throws IOException, InterruptedException {
        try (MockNode node = MockNode.start(NODE, model);
                Client client = new Client();
                Nginx nginx = Nginx.start(scratch.folder("nginx"), node.address())) {
            if (peerOnly) {
                run(Setup.of(node, client, nginx, Optional.empty(), model), Optional.empty(), scratch.folder("data"));
            } else {
                measureGateway(scratch, node, client, nginx);
            }
        }
    }

    private void measureGateway(Scratch scratch, MockNode node, Client client, Nginx nginx)
            throws IOException, InterruptedException {
        measuring.narration().println("starting Gatehouse");
        try (Gatehouse gatehouse = gatehouse(scratch);
                Registration registration = node.register(gatehouse.url(), gatehouse.joinSecret())) {
            measuring
                    .narration()
                    .println("measuring the gateway at " + gatehouse.url() + " with node " + registration.node());
            Setup setup = Setup.of(node, client, nginx, Optional.of(gatehouse), model);
            run(setup, gatehouse.superuser(), gatehouse.directory());
        }
    }

    private Gatehouse gatehouse(Scratch scratch) throws IOException, InterruptedException {
        return data != null
                ? Gatehouse.running(data)
                : Gatehouse.start(measuring.home(), scratch.folder("gatehouse"), SETTINGS);
    }

    private void run(Setup setup, Optional<Database> database, Path directory)
            throws IOException, InterruptedException {
        Effort effort = measuring.quick() ? Effort.QUICK : Effort.FULL;
        Report report = measuring.report();
        Machine machine = Machine.here(directory);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        new Probe(setup.client()).awaitNode(setup.subject());
        report.conditions(new Conditions(
                observed(setup, database),
                Nginx.version(),
                machine.toString(),
                load,
                effort.rounds(),
                measuring.quick()));
        note(report, machine, load, database.isPresent());
        new GatewayBench(setup, effort, report, measuring.narration()).run();
    }

    private static List<String> observed(Setup setup, Optional<Database> database) {
        return setup.gateway().stream()
                .map(gateway -> new EverythingOn(setup.client(), setup.node(), gateway))
                .flatMap(on ->
                        Stream.concat(on.atTheDoor().stream(), database.stream().flatMap(seen -> on.in(seen).stream())))
                .toList();
    }

    private void note(Report report, Machine machine, double load, boolean sawDatabase) {
        if (load > Runtime.getRuntime().availableProcessors()) {
            report.note("the machine was busy before the run: trust ratios of CPU time, not milliseconds");
        }
        if (machine.hasUncertainDisk()) {
            report.note("the database lies on " + machine.disk() + ": a disk's fsync may cost more");
        }
        if (!peerOnly && !sawDatabase) {
            report.note("DATA/secrets/postgres/superuser cannot be read: audit and durability were not looked at");
        }
    }
}
