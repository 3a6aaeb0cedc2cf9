package dev.gatehouse.bench.guard;

import dev.gatehouse.bench.host.Machine;
import dev.gatehouse.bench.report.Conditions;
import dev.gatehouse.bench.report.Figure;
import dev.gatehouse.bench.report.JsonReport;
import dev.gatehouse.bench.report.Report;
import dev.gatehouse.bench.report.Series;
import dev.gatehouse.bench.report.TableReport;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench guard}: CPU time of the guard for 4 KiB of an answer. */
@Command(
        name = "guard",
        description = "What the guard's detectors cost, all of them masking.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class GuardCommand implements Callable<Integer> {

    private static final int QUICK_ROUNDS = 7;
    private static final int ROUNDS = 31;

    @Option(names = "--quick", description = "Fewer rounds: a few seconds.")
    private boolean quick;

    @Option(names = "--json", description = "One JSON object a line instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        int rounds = quick ? QUICK_ROUNDS : ROUNDS;
        Report report = json ? new JsonReport(System.out) : new TableReport(System.out);
        report.conditions(new Conditions(
                List.of("cards", "IBANs", "e-mail addresses", "secrets", "gateway keys", "JSON escapes"),
                "none",
                Machine.here(Path.of(System.getProperty("java.io.tmpdir"))).toString(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                rounds,
                quick));
        report.figure(figure("guard.cpu_us.4KiB.clean", Passage.clean(), rounds));
        report.figure(figure("guard.cpu_us.4KiB.hits", Passage.withFindings(), rounds));
        return 0;
    }

    private static Figure figure(String name, Passage passage, int rounds) {
        return Figure.of(name, new Series(new Filtering(passage).cpuUs(rounds)), "us");
    }
}
