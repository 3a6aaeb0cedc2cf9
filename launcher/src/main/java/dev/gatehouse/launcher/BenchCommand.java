package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "bench", description = "Measures; say bench --help for what.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "Passed on as they are.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Build build = Build.current();
        if (!Files.exists(build.bench())) {
            throw new Failure(Exit.NOT_READY, build.bench() + " is not built: run ./gatehouse bench from the checkout");
        }
        Process process = new ProcessBuilder(command(build)).inheritIO().start();
        Interrupts.handle(process::destroyForcibly).first().thenRun(process::destroy);
        return process.waitFor();
    }

    private List<String> command(Build build) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dgatehouse.home=" + build.home(),
                "-jar",
                build.bench().toString()));
        command.addAll(arguments);
        return command;
    }
}
