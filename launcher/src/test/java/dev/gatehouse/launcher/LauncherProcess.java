package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.Quickstart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher in a process of its own, as the {@code gatehouse} script runs it. */
public record LauncherProcess(Process process, DataDirectory data, Path output, Path narration)
        implements AutoCloseable {
    /** Starts {@code up} on {@code data}, with the applications of the checkout {@code home}. */
    public static LauncherProcess up(Path home, DataDirectory data, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--port", "0"));
        arguments.addAll(List.of(options));
        return run(home, data, arguments.toArray(String[]::new));
    }

    /** Starts any verb on {@code data}. */
    public static LauncherProcess run(Path home, DataDirectory data, String... arguments) throws IOException {
        return start(data, command(home, data, arguments));
    }

    /** Starts {@code command}, which runs a launcher on {@code data}. */
    public static LauncherProcess start(DataDirectory data, List<String> command) throws IOException {
        Path output = temporaryFile(".out");
        Path narration = temporaryFile(".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(narration.toFile());
        // Not an argument: the operating system shows only the first 4 KiB of a command line, by which launchers are
        // told.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        return new LauncherProcess(process, data, output, narration);
    }

    /** Waits until {@code up} prints how to use it, which it does when everything answers. */
    public Quickstart awaitReady() {
        Eventually.holds(
                Duration.ofSeconds(120),
                () -> !printed().isEmpty() || !process.isAlive(),
                () -> "not ready: " + narrated());
        if (!process.isAlive()) {
            throw new AssertionError("ended with %d: %s".formatted(process.exitValue(), narrated()));
        }
        return Quickstart.read(data);
    }

    /** Waits for the end and returns the exit status. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + narrated());
        }
        return process.exitValue();
    }

    public String narrated() {
        return read(narration);
    }

    public String printed() {
        return read(output);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static List<String> command(Path home, DataDirectory data, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dgatehouse.home=" + home,
                Launcher.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.root().toString()));
        return command;
    }

    private static Path temporaryFile(String suffix) throws IOException {
        Path file = Files.createTempFile("launcher-", suffix);
        file.toFile().deleteOnExit();
        return file;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }
}
