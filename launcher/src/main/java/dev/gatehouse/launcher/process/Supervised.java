package dev.gatehouse.launcher.process;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps one program running on a thread of its own, from {@link #start} until {@link #stop} or until it is given up. */
public final class Supervised {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int LINES_SHOWN = 12;

    /** As long as a first start may take. */
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(120);

    private final DataDirectory data;
    private final Program program;
    private final Narrator narrator;
    private final Duration restartLimit;
    private final Backoff backoff = new Backoff(System::nanoTime);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Failure> givenUp = new CompletableFuture<>();
    private final Thread thread;
    private volatile @Nullable Running running;

    private Supervised(DataDirectory data, Program program, Narrator narrator, Duration restartLimit) {
        this.data = data;
        this.program = program;
        this.narrator = narrator;
        this.restartLimit = restartLimit;
        this.thread = Thread.ofVirtual().name(program.name()).unstarted(this::keepRunning);
    }

    /** Starts {@code program} and keeps it running. */
    public static Supervised start(DataDirectory data, Program program, Narrator narrator) {
        return start(data, program, narrator, RESTART_LIMIT);
    }

    /** {@code restartLimit}: after this time a restarted program that is not ready is killed, a failed start. */
    static Supervised start(DataDirectory data, Program program, Narrator narrator, Duration restartLimit) {
        Supervised supervised = new Supervised(data, program, narrator, restartLimit);
        supervised.thread.start();
        return supervised;
    }

    public String name() {
        return program.name();
    }

    /** Completes when the program first answers; fails with a {@link Failure} when it is given up before. */
    public CompletableFuture<Void> ready() {
        return ready;
    }

    /** Completes when the program keeps crashing, with what to tell the person at the terminal. */
    public CompletableFuture<Failure> givenUp() {
        return givenUp;
    }

    /**
     * Waits until the program answers.
     *
     * @throws Failure when it is given up, or not ready in time
     */
    public void awaitReady(Duration limit) throws InterruptedException {
        try {
            ready.get(limit.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw failure("%s is not ready after %d s".formatted(name(), limit.toSeconds()));
        } catch (ExecutionException given) {
            throw given.getCause() instanceof Failure failure ? failure : new IllegalStateException(given);
        }
    }

    /** Does not start the program again, however it ends. */
    public void startNoMore() {
        stopping.countDown();
    }

    /** Asks the program to end and does not start it again. */
    public void stop() {
        startNoMore();
        Running current = running;
        if (current != null && current.handle().isAlive()) {
            program.stop(current);
        }
    }

    /** Waits for the end after {@link #stop}; kills the process when {@code grace} is over. */
    public void awaitEnd(Duration grace) {
        try {
            if (!thread.join(grace)) {
                kill();
                thread.join();
            }
            ProcessRecord.delete(data, name());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process at once. */
    public void kill() {
        startNoMore();
        Running current = running;
        if (current != null && current.handle().isAlive()) {
            narrator.say(
                    "%s does not end by itself: killing process %d",
                    name(), current.handle().pid());
            current.handle().destroyForcibly();
        }
    }

    private void keepRunning() {
        try {
            while (!isStopping()) {
                runOnce();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() throws InterruptedException {
        try {
            Running started = program.start();
            running = started;
            if (isStopping()) {
                program.stop(started);
            }
            boolean wasReady = awaitReady(started);
            started.handle().onExit().join();
            recover(started.ending().get(), wasReady);
        } catch (IOException refused) {
            cannotStart(Failure.of(refused));
        } catch (Failure failure) {
            cannotStart(failure);
        } catch (RuntimeException fault) {
            giveUp(new Failure(Exit.FAULT, "%s cannot be kept running: %s".formatted(name(), fault)));
        }
    }

    /** As in {@link #recover}, but the failure of a first start says itself what to do. */
    private void cannotStart(Failure failure) throws InterruptedException {
        if (ready.isDone()) {
            recover("cannot be started: " + failure.getMessage(), false);
        } else {
            giveUp(failure);
        }
    }

    /** A first start has no limit here: who waits for {@link #ready} has one. */
    private boolean awaitReady(Running started) throws InterruptedException {
        boolean again = ready.isDone();
        long begun = System.nanoTime();
        while (started.handle().isAlive() && !isStopping()) {
            if (program.ready(started)) {
                backoff.ready();
                announceReady(started);
                return true;
            }
            if (again && System.nanoTime() - begun > restartLimit.toNanos()) {
                killLate(started);
                return false;
            }
            stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        return false;
    }

    private void killLate(Running started) {
        narrator.say(
                "%s is not ready after %d s: killing process %d",
                name(), restartLimit.toSeconds(), started.handle().pid());
        started.handle().destroyForcibly();
    }

    private void announceReady(Running started) {
        if (!ready.complete(null)) {
            narrator.say(
                    "%s answers again (process %d)", name(), started.handle().pid());
        }
    }

    /** The first start fails at once; what has run before may meet what its crash left behind, and is tried again. */
    private void recover(String how, boolean wasReady) throws InterruptedException {
        if (isStopping()) {
            return;
        }
        String ending = name() + " " + how;
        if (!ready.isDone()) {
            giveUp(failure(ending + " before it was ready"));
            return;
        }
        switch (backoff.crashed(wasReady)) {
            case Backoff.Again(Duration after) -> {
                narrator.say("%s; starting it again (log: %s)", ending, program.log());
                stopping.await(after.toMillis(), TimeUnit.MILLISECONDS);
            }
            case Backoff.GiveUp() ->
                giveUp(failure("%s, %d times in a row without getting ready".formatted(ending, Backoff.ATTEMPTS)));
        }
    }

    private void giveUp(Failure failure) {
        startNoMore();
        ready.completeExceptionally(failure);
        givenUp.complete(failure);
    }

    private Failure failure(String what) {
        List<String> lines = new LogFile(program.log(), narrator).lastLines(LINES_SHOWN);
        String shown = lines.isEmpty() ? "" : ", which ends with:\n  " + String.join("\n  ", lines);
        return new Failure(
                Exit.NOT_READY, "%s: %s. Its log is %s%s".formatted(what, program.remedy(), program.log(), shown));
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }
}
