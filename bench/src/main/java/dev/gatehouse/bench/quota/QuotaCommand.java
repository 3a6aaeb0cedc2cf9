package dev.gatehouse.bench.quota;

import dev.gatehouse.bench.host.Gatehouse;
import dev.gatehouse.bench.host.Machine;
import dev.gatehouse.bench.host.NotReadyException;
import dev.gatehouse.bench.host.Scratch;
import dev.gatehouse.bench.load.WrongAnswerException;
import dev.gatehouse.bench.report.Conditions;
import dev.gatehouse.bench.report.Figure;
import dev.gatehouse.bench.report.JsonReport;
import dev.gatehouse.bench.report.Report;
import dev.gatehouse.bench.report.TableReport;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench quota}: sets installations up, spends their budgets, and takes them down. */
@Command(
        name = "quota",
        description = "Whether a budget holds, to the call, on one gateway and on several.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class QuotaCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int WRONG = 1;
    private static final int NOT_READY = 6;
    private static final int QUICK_CALLS = 200;
    private static final int CALLS = 2_000;

    @Option(names = "--quick", description = "Fewer calls: under five minutes.")
    private boolean quick;

    @Option(names = "--json", description = "One JSON object a line instead of a table.")
    private boolean json;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where ./gatehouse is. Default: the tree that this program was built in.")
    private @Nullable Path home;

    @Option(
            names = "--gateways",
            paramLabel = "N",
            split = ",",
            description = "How many gateways, one after another. Default: ${DEFAULT-VALUE}.")
    private List<Integer> gateways = List.of(1, 3);

    private final PrintStream narration = System.err;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Scratch scratch = new Scratch()) {
            try {
                measure(scratch);
                return OK;
            } catch (WrongAnswerException wrong) {
                return failed(wrong, scratch, WRONG);
            } catch (NotReadyException missing) {
                return failed(missing, scratch, NOT_READY);
            }
        }
    }

    private int failed(RuntimeException cause, Scratch scratch, int status) {
        narration.println(cause.getMessage());
        narration.println("logs are in " + scratch.keep());
        return status;
    }

    private void measure(Scratch scratch) throws IOException, InterruptedException {
        Report report = json ? new JsonReport(System.out) : new TableReport(System.out);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        String machine = Machine.here(scratch.folder("data")).toString();
        report.conditions(new Conditions(List.of("everything"), "none", machine, load, 1, quick));
        long overshoot = 0;
        for (int count : gateways) {
            overshoot = Math.max(overshoot, measure(scratch.folder("gateways" + count), count, report));
        }
        report.figure(Figure.of("quota.overshoot", overshoot, "nano-units"));
    }

    private long measure(Path folder, int count, Report report) throws IOException, InterruptedException {
        narration.printf("starting Gatehouse with %d gateways%n", count);
        Path tree = home != null ? home : Gatehouse.home();
        try (Installation installation = Installation.start(tree, folder, count)) {
            return new QuotaBench(installation, quick ? QUICK_CALLS : CALLS, report, narration).run();
        }
    }
}
