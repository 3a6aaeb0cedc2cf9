package dev.gatehouse.launcher;

import dev.gatehouse.launcher.Processes.Tier;
import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.DataLock;
import dev.gatehouse.launcher.data.Secrets;
import dev.gatehouse.launcher.postgres.EmbeddedPostgres;
import dev.gatehouse.launcher.process.StartCache.Haste;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What {@code up} does beside its first run, done before it. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description =
                "Makes the start-up caches of the gateway and the worker; up does it by itself after its first start.")
final class TrainCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException, IOException {
        Narrator narrator = new Narrator(System.err);
        DataDirectory directory = data.directory();
        Build build = Build.current();
        build.requireApplications();
        directory.prepare();
        Processes processes = new Processes(directory, narrator);
        Interrupts.handle(processes::kill).first().thenRun(processes::stop);
        try (DataLock _ = DataLock.take(directory)) {
            return train(build, directory, processes, narrator).code();
        } finally {
            processes.stop();
        }
    }

    private static Exit train(Build build, DataDirectory data, Processes processes, Narrator narrator)
            throws InterruptedException, IOException {
        Secrets secrets = Secrets.open(data);
        EmbeddedPostgres postgres = new EmbeddedPostgres(data, secrets, Build.postgresVersion(), narrator);
        processes.start(Tier.DATABASE, postgres).awaitReady(LIMIT);
        Applications applications = new Applications(build, data, secrets, List.of(), narrator);
        Training training = new Training(applications, DatabaseAddress.of(postgres.url()), build, data, narrator);
        training.run(Haste.WAITED_FOR);
        return training.done() ? Exit.OK : Exit.FAULT;
    }
}
