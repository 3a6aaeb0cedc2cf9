package dev.gatehouse.launcher.process;

import dev.gatehouse.launcher.data.AtomicFile;
import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which process the launcher started under a name, {@code DATA/run/<name>.pid}. Process ids are reused: a process is
 * ours only when its start instant is the recorded one and its command line names our DATA directory.
 */
public record ProcessRecord(long pid, Instant startedAt) {
    private static final String SUFFIX = ".pid";

    /** The operating system's start instants move with the clock by about a second. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    public static ProcessRecord of(ProcessHandle process) {
        return new ProcessRecord(process.pid(), process.info().startInstant().orElseGet(Instant::now));
    }

    /** The names under which the launcher of {@code data} has started something that was not stopped in order. */
    public static List<String> names(DataDirectory data) {
        try (Stream<Path> files = Files.list(data.run())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException nothingThere) {
            return List.of();
        }
    }

    public static Optional<ProcessRecord> read(DataDirectory data, String name) {
        try {
            return Optional.of(JsonMapper.shared().readValue(Files.readString(path(data, name)), ProcessRecord.class));
        } catch (IOException | JacksonException absent) {
            return Optional.empty();
        }
    }

    public void write(DataDirectory data, String name) throws IOException {
        AtomicFile.write(path(data, name), JsonMapper.shared().writeValueAsString(this));
    }

    /** Forgets what ran under {@code name} and what it said of itself. */
    public static void delete(DataDirectory data, String name) {
        try {
            Files.deleteIfExists(path(data, name));
            Files.deleteIfExists(RunFile.path(data, name));
        } catch (IOException refused) {
            throw Failure.of(refused);
        }
    }

    /** The recorded process, while it lives and is ours. */
    public Optional<ProcessHandle> living(DataDirectory data) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info().startInstant().filter(this::isStart).isPresent())
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(data.root().toString()))
                        .isPresent());
    }

    private boolean isStart(Instant instant) {
        return Duration.between(instant, startedAt).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    }

    private static Path path(DataDirectory data, String name) {
        return data.run().resolve(name + SUFFIX);
    }
}
