package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.DataLock;
import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.process.StartCache.Haste;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The life of one installation, from its start until a signal or a process that keeps crashing ends it. */
final class Up {
    private final Settings settings;
    private final DataDirectory data;
    private final Narrator narrator;
    private final Processes processes;
    private final Consumer<Started> onStarted;

    /** {@code onStarted} is told once everything answers. */
    Up(Settings settings, DataDirectory data, Narrator narrator, Consumer<Started> onStarted) {
        this.settings = settings;
        this.data = data;
        this.narrator = narrator;
        this.processes = new Processes(data, narrator);
        this.onStarted = onStarted;
    }

    /**
     * Returns when a signal has asked for the end and everything has stopped.
     *
     * @throws Failure when something cannot be started, or keeps crashing
     */
    void run() throws InterruptedException {
        Interrupts interrupts = Interrupts.handle(processes::kill);
        data.prepare();
        try (DataLock lock = DataLock.take(data)) {
            narrator.say("data directory %s (launcher: process %d)", data.root(), lock.pid());
            Quickstart.delete(data);
            live(interrupts.first());
        }
    }

    private void live(CompletableFuture<Void> interrupted) throws InterruptedException {
        CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();
        interrupted.thenRun(() -> {
            processes.startNoMore();
            end.complete(Optional.empty());
        });
        processes.givenUp().thenAccept(failure -> end.complete(Optional.of(failure)));
        Thread starting = Thread.ofVirtual().name("start").start(() -> start(end));
        try {
            Optional<Failure> reason = end.join();
            if (reason.isPresent()) {
                throw reason.get();
            }
        } finally {
            starting.interrupt();
            starting.join();
            Quickstart.delete(data);
            processes.stop();
        }
    }

    private void start(CompletableFuture<Optional<Failure>> end) {
        try {
            Startup startup = new Startup(settings, Build.current(), data, processes, narrator);
            Started started = startup.run();
            started.quickstart().write(data);
            onStarted.accept(started);
            if (startup.training().isPresent()) {
                startup.training().get().run(Haste.NONE);
            }
        } catch (Failure failure) {
            end.complete(Optional.of(failure));
        } catch (IOException refused) {
            end.complete(Optional.of(Failure.of(refused)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            end.completeExceptionally(fault);
        }
    }
}
