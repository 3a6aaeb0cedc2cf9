package dev.gatehouse.bench;

import dev.gatehouse.bench.console.ConsoleCommand;
import dev.gatehouse.bench.gateway.GatewayCommand;
import dev.gatehouse.bench.guard.GuardCommand;
import dev.gatehouse.bench.model.ModelCommand;
import dev.gatehouse.bench.quota.QuotaCommand;
import dev.gatehouse.bench.worker.WorkerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks. */
@Command(
        name = "bench",
        description = "Measures Gatehouse beside its peers.",
        mixinStandardHelpOptions = true,
        subcommands = {
            GatewayCommand.class,
            GuardCommand.class,
            QuotaCommand.class,
            ConsoleCommand.class,
            WorkerCommand.class,
            ModelCommand.class
        })
final class Bench {

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
