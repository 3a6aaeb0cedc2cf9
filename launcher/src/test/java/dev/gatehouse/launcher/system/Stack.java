package dev.gatehouse.launcher.system;

import dev.gatehouse.launcher.Eventually;
import dev.gatehouse.launcher.LauncherProcess;
import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.process.RunFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A running installation: PostgreSQL, a worker and a gateway, started by {@code up} on an empty data directory. */
final class Stack implements AutoCloseable {

    private static final Path HOME =
            Path.of(System.getProperty("gatehouse.home", "..")).toAbsolutePath().normalize();

    private final Path folder;
    private final DataDirectory data;
    private final Database database;
    private final LauncherProcess up;
    private final Quickstart quickstart;

    private Stack(Path folder, DataDirectory data, Database database, LauncherProcess up, Quickstart quickstart) {
        this.folder = folder;
        this.data = data;
        this.database = database;
        this.up = up;
        this.quickstart = quickstart;
    }

    static Stack start(String... options) throws IOException {
        Path folder = Files.createTempDirectory("gatehouse-it-");
        DataDirectory data = new DataDirectory(Files.createDirectory(folder.resolve("data")));
        return start(folder, data, new Database(data), options);
    }

    /** An installation on a PostgreSQL that it does not start; {@code options} say where that is. */
    static Stack startOn(ForeignPostgres postgres, String... options) throws IOException {
        Path folder = Files.createTempDirectory("gatehouse-it-");
        DataDirectory data = new DataDirectory(Files.createDirectory(folder.resolve("data")));
        postgres.lendSecrets(data);
        return start(folder, data, postgres.database(), options);
    }

    private static Stack start(Path folder, DataDirectory data, Database database, String... options)
            throws IOException {
        LauncherProcess up = LauncherProcess.up(HOME, data, options);
        try {
            return new Stack(folder, data, database, up, up.awaitReady());
        } catch (AssertionError notReady) {
            up.close();
            throw notReady;
        }
    }

    /** Base URL with {@code /v1}. */
    String baseUrl() {
        return quickstart.baseUrl();
    }

    /** URL of the public port, without a path. */
    String gateway() {
        return baseUrl().substring(0, baseUrl().length() - "/v1".length());
    }

    String key() {
        return quickstart.apiKey();
    }

    DataDirectory data() {
        return data;
    }

    Database database() {
        return database;
    }

    /** A client of the gateway with the installation's key. */
    Client client() {
        return new Client(baseUrl(), key());
    }

    long pid(String name) {
        return run(name).pid();
    }

    String url(String name) {
        return run(name).url();
    }

    /** The sum of a metric of a gateway over all its tags; 0 when there is none. */
    double metric(String gateway, String name) {
        String url = Objects.requireNonNull(run(gateway).metricsUrl());
        return Client.fetch(url)
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Kills one process as a crash would. */
    void kill(String name) {
        ProcessHandle process = ProcessHandle.of(pid(name)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Freezes a process and all that it started, as a machine that hangs would. */
    void suspend(String name) {
        signal(name, "STOP");
    }

    void resume(String name) {
        signal(name, "CONT");
    }

    private void signal(String name, String signal) {
        ProcessHandle process = ProcessHandle.of(pid(name)).orElseThrow();
        try {
            List<String> command = new ArrayList<>(List.of("kill", "-" + signal, Long.toString(process.pid())));
            process.descendants().forEach(child -> command.add(Long.toString(child.pid())));
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until {@code up} has started a process anew and the gateway has a node again. */
    void awaitRestart(String name, long oldPid) {
        Eventually.holds(
                Duration.ofSeconds(60),
                () -> RunFile.read(data, name)
                                .filter(run -> run.pid() != oldPid)
                                .isPresent()
                        && client().models().contains("\"id\""),
                () -> name + " did not come back: " + up.narrated());
    }

    @Override
    public void close() {
        up.process().destroy();
        try {
            up.awaitExit();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            up.close();
        }
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private RunFile run(String name) {
        return RunFile.read(data, name).orElseThrow(() -> new AssertionError("no run file of " + name));
    }
}
