package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.LauncherProcess;
import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.FileTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A release archive is made, moved and unpacked, and then runs with nothing of the checkout and no other Java. */
@Tag("long")
@Timeout(600)
class ReleaseArchiveIT {

    private final Path directory;

    ReleaseArchiveIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void startsWhereItIsUnpackedWithTheCachesItCameWith() throws Exception {
        Path home = unpacked(archive());
        assertThat(Stream.of("gateway/gateway.aot", "worker/inference-worker.aot")
                        .map(home::resolve))
                .allMatch(Files::exists);
        DataDirectory data = new DataDirectory(home.resolve("data"));
        try (LauncherProcess up = LauncherProcess.start(data, command(home, "up", "--port", "0"))) {
            up.awaitReady();
            assertThat(up.narrated()).doesNotContain("start-up cache");
            assertThat(commandLines(up.process().toHandle()))
                    .filteredOn(line -> line.contains("/bin/java"))
                    .hasSize(3)
                    .allMatch(line -> line.contains(home + "/runtime/bin/java"));
            assertThat(run(command(home, "chat", "What is 123 + 456?"))).contains("579");
            up.process().destroy();
            assertThat(up.awaitExit()).as(up.narrated()).isZero();
        }
    }

    private Path archive() throws Exception {
        Path checkout = Path.of(System.getProperty("gatehouse.home"));
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dgatehouse.home=" + checkout,
                        "-jar",
                        checkout.resolve("launcher/target/launcher.jar").toString(),
                        "package",
                        "--output",
                        directory.resolve("made").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(made.getInputStream().readAllBytes()).strip();
        assertThat(made.waitFor()).isZero();
        return Path.of(printed);
    }

    private Path unpacked(Path archive) throws Exception {
        Path place = Files.createDirectories(directory.resolve("another place"));
        run(List.of("tar", "-C", place.toString(), "-xzf", archive.toString()));
        FileTree.delete(directory.resolve("made"));
        try (Stream<Path> folders = Files.list(place)) {
            return folders.findFirst().orElseThrow();
        }
    }

    private static List<String> command(Path home, String... arguments) {
        return Stream.concat(
                        Stream.of(
                                "env",
                                "-i",
                                "PATH=/usr/bin:/bin:/usr/sbin:/sbin",
                                home.resolve("gatehouse").toString()),
                        Stream.of(arguments))
                .toList();
    }

    private static List<String> commandLines(ProcessHandle launcher) {
        return Stream.concat(Stream.of(launcher), launcher.descendants())
                .flatMap(process -> process.info().commandLine().stream())
                .toList();
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
