package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.DataLock;
import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Ends everything that runs on a data directory, and waits for it.")
final class DownCommand implements Callable<Integer> {
    private static final Duration LIMIT = Processes.longestStop().plusSeconds(20);

    private static final Duration POLL = Duration.ofMillis(100);

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "List the processes afterwards, one JSON object a line.")
    private boolean json;

    private final Narrator narrator = new Narrator(System.err);

    @Override
    public Integer call() throws InterruptedException {
        DataDirectory directory = data.directory();
        if (Files.isDirectory(directory.run())) {
            endAll(directory);
        }
        narrator.say("nothing runs on %s", directory.root());
        if (json) {
            StatusCommand.list(directory, true);
        }
        return Exit.OK.code();
    }

    private void endAll(DataDirectory directory) throws InterruptedException {
        try (DataLock lock = lockOnceLauncherEnded(directory)) {
            assert lock.pid() == ProcessHandle.current().pid();
            Leftovers leftovers = new Leftovers(directory, narrator);
            leftovers.endApplications();
            leftovers.endPostgres();
            Quickstart.delete(directory);
        }
    }

    private DataLock lockOnceLauncherEnded(DataDirectory directory) throws InterruptedException {
        Instant deadline = Instant.now().plus(LIMIT);
        boolean asked = false;
        while (Instant.now().isBefore(deadline)) {
            Optional<DataLock> lock = DataLock.tryTake(directory);
            if (lock.isPresent()) {
                return lock.get();
            }
            asked = asked || ask(directory);
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        throw new Failure(
                Exit.FAULT,
                "the launcher of %s does not end: kill process %s"
                        .formatted(
                                directory.root(),
                                DataLock.holder(directory)
                                        .map(ProcessHandle::pid)
                                        .orElse(0L)));
    }

    private boolean ask(DataDirectory directory) {
        Optional<ProcessHandle> launcher = DataLock.holder(directory);
        launcher.ifPresent(process -> {
            narrator.say("stopping the launcher, process %d", process.pid());
            process.destroy();
        });
        return launcher.isPresent();
    }
}
