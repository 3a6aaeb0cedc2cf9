package dev.gatehouse.bench.quota;

import dev.gatehouse.bench.command.Measuring;
import dev.gatehouse.bench.host.Machine;
import dev.gatehouse.bench.host.Scratch;
import dev.gatehouse.bench.report.Conditions;
import dev.gatehouse.bench.report.Figure;
import dev.gatehouse.bench.report.Report;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench quota}: sets installations up, spends their budgets, and takes them down. */
@Command(
        name = "quota",
        description = "Whether a budget holds, to the call, on one gateway and on several.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class QuotaCommand implements Callable<Integer> {

    private static final int QUICK_CALLS = 200;
    private static final int CALLS = 2_000;

    @Mixin
    private Measuring measuring = new Measuring();

    @Option(
            names = "--gateways",
            paramLabel = "N",
            split = ",",
            description = "How many gateways, one after another. Default: ${DEFAULT-VALUE}.")
    private List<Integer> gateways = List.of(1, 3);

    @Override
    public Integer call() throws IOException, InterruptedException {
        return measuring.run(this::measure);
    }

    private void measure(Scratch scratch) throws IOException, InterruptedException {
        Report report = measuring.report();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        String machine = Machine.here(scratch.folder("data")).toString();
        report.conditions(new Conditions(List.of("everything"), "none", machine, load, 1, measuring.quick()));
        long overshoot = 0;
        for (int count : gateways) {
            overshoot = Math.max(overshoot, measure(scratch.folder("gateways" + count), count, report));
        }
        report.figure(Figure.of("quota.overshoot", overshoot, "nano-units"));
    }

    private long measure(Path folder, int count, Report report) throws IOException, InterruptedException {
        measuring.narration().printf("starting Gatehouse with %d gateways%n", count);
        Path tree = measuring.home();
        try (Installation installation = Installation.start(tree, folder, count)) {
            return new QuotaBench(installation, measuring.quick() ? QUICK_CALLS : CALLS, report, measuring.narration())
                    .run();
        }
    }
}
