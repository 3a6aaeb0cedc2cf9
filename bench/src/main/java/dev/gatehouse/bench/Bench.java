package dev.gatehouse.bench;

import dev.gatehouse.bench.gateway.GatewayCommand;
import dev.gatehouse.bench.quota.QuotaCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks. */
@Command(
        name = "bench",
        description = "Measures Gatehouse beside its peers.",
        mixinStandardHelpOptions = true,
        subcommands = {GatewayCommand.class, QuotaCommand.class})
final class Bench {

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
