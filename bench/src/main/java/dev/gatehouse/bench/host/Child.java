package dev.gatehouse.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process that the benchmark started and that does not outlive it. */
final class Child implements AutoCloseable {

    /** More than {@code ./gatehouse up} needs at most to stop its processes one after another. */
    private static final Duration STOP = Duration.ofSeconds(90);

    private static final long POLL_MS = 20;
    private static final int SHOWN_LINES = 15;

    private final String name;
    private final Path log;
    private final Process process;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop " + name));
    }

    /** Starts a command; what it prints goes to {@code log}. */
    static Child start(String name, List<String> command, Path directory, Path log) throws IOException {
        return start(name, command, directory, log, Map.of());
    }

    /** Likewise, with more variables in its environment. */
    static Child start(String name, List<String> command, Path directory, Path log, Map<String, String> variables)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        return new Child(name, log, builder.start());
    }

    long pid() {
        return process.pid();
    }

    /** @throws NotReadyException if it ends or the time passes before the condition holds */
    void awaitUntil(BooleanSupplier ready, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                throw new NotReadyException(name + " ended with status " + process.exitValue() + ":\n" + lastLines());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new NotReadyException(
                        name + " was not ready within " + limit.toSeconds() + " s:\n" + lastLines());
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Asks it to end, and kills it when it does not; returns whether it ended by itself. */
    boolean stop() {
        process.destroy();
        try {
            if (process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return "its output could not be read: " + e.getMessage();
        }
    }
}
