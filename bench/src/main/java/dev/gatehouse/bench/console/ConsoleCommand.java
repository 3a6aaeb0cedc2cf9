package dev.gatehouse.bench.console;

import dev.gatehouse.bench.command.Measuring;
import dev.gatehouse.bench.host.Administration;
import dev.gatehouse.bench.host.Database;
import dev.gatehouse.bench.host.Gatehouse;
import dev.gatehouse.bench.host.Machine;
import dev.gatehouse.bench.host.NotReadyException;
import dev.gatehouse.bench.host.Scratch;
import dev.gatehouse.bench.load.Samples;
import dev.gatehouse.bench.report.Conditions;
import dev.gatehouse.bench.report.Figure;
import dev.gatehouse.bench.report.Report;
import dev.gatehouse.db.SeededMonth;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench console}: fills an installation of its own with a month of requests and asks it what the console asks. */
@Command(
        name = "console",
        description = "How long the console's lists take over a month of 1,000,000 requests.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ConsoleCommand implements Callable<Integer> {

    private static final int QUICK_ROUNDS = 10;
    private static final int ROUNDS = 50;
    private static final double SHARE = 0.95;
    private static final double MICROS = 1e3;
    private static final Duration SUMMING = Duration.ofMinutes(10);
    private static final String NOT_SUMMED =
            "select count(*) from rollups where name like '%_hours' and seen_to = '-infinity'";

    @Mixin
    private Measuring measuring = new Measuring();

    @Option(names = "--requests", paramLabel = "N", description = "About how many requests. Default: ${DEFAULT-VALUE}.")
    private int requests = 1_000_000;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return measuring.run(this::measure);
    }

    private void measure(Scratch scratch) throws IOException, InterruptedException {
        measuring.narration().println("starting Gatehouse");
        Path folder = scratch.folder("gatehouse");
        try (Gatehouse gatehouse = Gatehouse.start(measuring.home(), folder, Map.of())) {
            Database database = gatehouse
                    .superuser()
                    .orElseThrow(
                            () -> new NotReadyException("the database's password cannot be read: run it as its owner"));
            fill(database);
            int rounds = measuring.quick() ? QUICK_ROUNDS : ROUNDS;
            Report report = measuring.report();
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            report.conditions(new Conditions(
                    List.of(requests + " requests"),
                    "none",
                    Machine.here(folder).toString(),
                    load,
                    rounds,
                    measuring.quick()));
            try (Administration administration = gatehouse.administration()) {
                administration.signIn();
                Question.all(Instant.now()).forEach(question -> report.figure(ask(administration, question, rounds)));
            }
        }
    }

    private void fill(Database database) throws InterruptedException {
        measuring.narration().printf("making %,d requests%n", requests);
        database.change(superuser -> SeededMonth.fill(superuser, requests));
        measuring.narration().println("waiting for the sums of hours");
        Instant end = Instant.now().plus(SUMMING);
        while (database.read(NOT_SUMMED) > 0) {
            if (Instant.now().isAfter(end)) {
                throw new NotReadyException(
                        "the gateway did not sum up the hours within " + SUMMING.toMinutes() + " minutes");
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
        database.change(SeededMonth::settle);
    }

    /** The first round warms caches and compilers up, and does not count. */
    private Figure ask(Administration administration, Question question, int rounds) {
        Samples micros = new Samples();
        for (int round = 0; round <= rounds; round++) {
            for (String path : question.paths()) {
                long begun = System.nanoTime();
                administration.get(path);
                long took = Duration.ofNanos(System.nanoTime() - begun).toNanos() / 1_000;
                if (round > 0) {
                    micros.add(took);
                }
                if (round == 1) {
                    measuring.narration().printf("  %,9.1f ms  %s%n", took / MICROS, path);
                }
            }
        }
        return Figure.of(question.figure(), micros.percentile(SHARE) / MICROS, "ms");
    }
}
