package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.postgres.EmbeddedPostgres;
import dev.gatehouse.launcher.process.ProcessRecord;
import dev.gatehouse.launcher.terminal.Narrator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a launcher that was killed left behind. Use only while holding the DATA lock. */
final class Leftovers {
    private final DataDirectory data;
    private final Narrator narrator;

    Leftovers(DataDirectory data, Narrator narrator) {
        this.data = data;
        this.narrator = narrator;
    }

    /** Ends our applications: they end themselves once their launcher is gone, and are killed when they do not. */
    void endApplications() {
        ProcessRecord.names(data).stream()
                .filter(name -> !name.equals(EmbeddedPostgres.NAME))
                .forEach(this::endApplication);
    }

    /** Ends PostgreSQL. */
    void endPostgres() {
        EmbeddedPostgres.end(data, narrator)
                .ifPresent(process -> narrator.say("ended postgres, process %d", process.pid()));
    }

    private void endApplication(String name) {
        ProcessRecord.read(data, name).flatMap(record -> record.living(data)).ifPresent(process -> end(name, process));
        ProcessRecord.delete(data, name);
    }

    private void end(String name, ProcessHandle process) {
        CompletableFuture<ProcessHandle> ended = process.onExit();
        process.destroy();
        ended.completeOnTimeout(process, Processes.APPLICATION_GRACE.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        process.onExit().join();
        narrator.say("ended %s, process %d, which an earlier start left running", name, process.pid());
    }
}
