package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.LauncherProcess;
import dev.gatehouse.launcher.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a person types on the packaged product. */
record Terminal(DataDirectory data) {

    static final Path HOME =
            Path.of(System.getProperty("gatehouse.home", "..")).toAbsolutePath().normalize();

    /**
     * As a shell does it for a job in the foreground: a key reaches it with all that it has started, and nothing else.
     * Whoever runs the tests may ignore INT, which is inherited.
     */
    private static final List<String> IN_A_PROCESS_GROUP_OF_ITS_OWN =
            List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; setpgrp; exec @ARGV");

    /** How a verb ended. */
    record Ended(int status, String output, String narration) {}

    /** Starts {@code up} as {@code ./gatehouse} does, which would build first. */
    LauncherProcess up(String... options) throws IOException {
        List<String> command = new ArrayList<>(IN_A_PROCESS_GROUP_OF_ITS_OWN);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dgatehouse.home=" + HOME,
                "-jar",
                HOME.resolve("launcher/target/launcher.jar").toString()));
        command.addAll(List.of("up", "--port", "0", "--data", data.root().toString()));
        command.addAll(List.of(options));
        return LauncherProcess.start(data, command);
    }

    /** Runs {@code ./gatehouse} with a verb that ends by itself. */
    Ended gatehouse(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("gatehouse").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.root().toString()));
        return ended(LauncherProcess.start(data, command));
    }

    /** Starts an {@code up} that cannot work. */
    Ended refusedUp(String... options) throws IOException, InterruptedException {
        return ended(up(options));
    }

    /** Sends {@code signal} to all that {@code job} has started and that stayed in its process group. */
    void signal(String signal, LauncherProcess job) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(
                        "kill", "-s", signal, "--", "-" + job.process().pid())
                .inheritIO()
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    /** All that runs from, or on, the data directory. */
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::info)
                .map(info -> Stream.of(info.command(), info.commandLine())
                        .map(line -> line.orElse(""))
                        .toList())
                .filter(lines -> lines.stream().anyMatch(line -> line.contains(data.root() + "/")))
                .map(List::getLast)
                .toList();
    }

    private static Ended ended(LauncherProcess process) throws InterruptedException {
        try (process) {
            return new Ended(process.awaitExit(), process.printed(), process.narrated());
        }
    }
}
