package dev.gatehouse.launcher;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.process.Ports;
import dev.gatehouse.launcher.process.ProcessStatus;
import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Looks at what up needs: programs, applications, models, disk, port.")
final class DoctorCommand implements Callable<Integer> {
    private static final List<List<String>> PROGRAMS = List.of(
            List.of("mvn", "-B", "-v"),
            List.of("node", "-v"),
            List.of("npm", "-v"),
            List.of("cmake", "--version"),
            List.of("c++", "--version"),
            List.of("git", "--version"));

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The port that up will be given (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Override
    public Integer call() {
        List<Check> checks = Stream.concat(
                        Stream.of(new Check("java", true, Runtime.version().toString())),
                        Stream.concat(programs(), installation()))
                .peek(check -> System.out.println(json ? JsonMapper.shared().writeValueAsString(check) : check.line()))
                .toList();
        return (checks.stream().allMatch(Check::ok) ? Exit.OK : Exit.NOT_READY).code();
    }

    /** What building needs. */
    private static Stream<Check> programs() {
        return Build.current().archived() ? Stream.empty() : PROGRAMS.stream().map(DoctorCommand::program);
    }

    private Stream<Check> installation() {
        DataDirectory directory = data.directory();
        Build build = Build.current();
        return Stream.of(
                check("applications", () -> {
                    build.requireApplications();
                    return (build.archived() ? "unpacked in " : "built in ") + build.home();
                }),
                check(
                        "model",
                        () -> Model.choose(Settings.BUNDLED_MODEL, List.of(directory.models(), build.models()))
                                .argument()),
                check("data", () -> data(directory)),
                check("port", () -> port(directory)));
    }

    private static String data(DataDirectory directory) {
        if (!Files.isDirectory(directory.root())) {
            return directory.root() + " will be created";
        }
        directory.prepare();
        return directory.root().toString();
    }

    /** A port that our own gateway holds is well. */
    private String port(DataDirectory directory) {
        ProcessStatus gateway = ProcessStatus.of(directory, Applications.gatewayName(1));
        if (String.valueOf(gateway.url()).endsWith(":" + port)) {
            return port + " is our gateway's";
        }
        return Ports.choose(port, 1).getFirst() + " is free";
    }

    private static Check check(String name, Supplier<String> looked) {
        try {
            return new Check(name, true, looked.get());
        } catch (Failure failure) {
            return new Check(name, false, String.valueOf(failure.getMessage()));
        }
    }

    private static Check program(List<String> command) {
        String name = command.getFirst();
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Check(name, true, output.lines().findFirst().orElse("there"));
        } catch (IOException missing) {
            return new Check(name, false, "not found in PATH: ./gatehouse test says how to install it");
        }
    }
}
