package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.postgres.EmbeddedPostgres;
import dev.gatehouse.launcher.process.ProcessRecord;
import dev.gatehouse.launcher.process.ProcessStatus;
import dev.gatehouse.launcher.terminal.Exit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Lists the processes of a data directory: running, starting, dead or stopped.")
final class StatusCommand implements Callable<Integer> {
    private static final List<String> USUAL =
            List.of(EmbeddedPostgres.NAME, Applications.workerName(1), Applications.gatewayName(1));

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        list(data.directory(), json);
        return Exit.OK.code();
    }

    /** Prints each process that was started and not stopped in order, or the usual ones when there is none. */
    static void list(DataDirectory directory, boolean json) {
        List<String> started = ProcessRecord.names(directory);
        for (String name : started.isEmpty() ? USUAL : started) {
            ProcessStatus process = ProcessStatus.of(directory, name);
            System.out.println(json ? JsonMapper.shared().writeValueAsString(process) : row(process));
        }
    }

    private static String row(ProcessStatus process) {
        return "%-12s %-9s %8s  %s"
                .formatted(
                        process.name(),
                        process.state(),
                        Objects.requireNonNullElse(process.pid(), "-"),
                        Objects.requireNonNullElse(process.url(), "-"));
    }
}
