package dev.gatehouse.worker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real worker, in a process of its own. */
public final class WorkerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Path directory;
    private final Process process;

    private WorkerProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    /** A worker on the echo engine; later arguments win over the usual ones. */
    public static WorkerProcess start(Path directory, byte[] key, String... arguments) throws IOException {
        return start(directory, key, List.of(), arguments);
    }

    /** A worker that can write files of 512 KiB and no larger. */
    static WorkerProcess startWithSmallFiles(Path directory, byte[] key, String... arguments) throws IOException {
        return start(directory, key, List.of("sh", "-c", "ulimit -f 1024; exec \"$@\"", "sh"), arguments);
    }

    private static WorkerProcess start(Path directory, byte[] key, List<String> wrapper, String... arguments)
            throws IOException {
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("node-key"), Base64.getEncoder().encodeToString(key));
        Files.deleteIfExists(directory.resolve("run.json"));
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.gatehouse.worker.Worker"));
        command.addAll(List.of(arguments));
        command.add("--gatehouse.worker.secrets-directory=" + secrets);
        command.add("--gatehouse.worker.ledger.directory=" + directory.resolve("ledger"));
        command.add("--gatehouse.worker.node.run-file=" + directory.resolve("run.json"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        return new WorkerProcess(directory, process);
    }

    public URI awaitListening() throws Exception {
        Path runFile = directory.resolve("run.json");
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!Files.exists(runFile)) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new AssertionError("the worker did not listen:\n" + log());
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        JsonNode run = JsonMapper.builder().build().readTree(Files.readString(runFile));
        if (run.path("pid").longValue() != process.pid()) {
            throw new AssertionError("the run file is of another process: " + run);
        }
        return URI.create(run.path("url").stringValue());
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    public int awaitExit() throws Exception {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the worker did not end:\n" + log());
        }
        return process.exitValue();
    }

    public String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
