package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script on a checkout of its own, with a Maven that only leaves a note of each build. */
@Timeout(120)
class GatehouseScriptTest {
    private static final Path SOURCE = Path.of("..").toAbsolutePath().normalize();
    private static final String MAVEN = """
            #!/bin/sh
            if [ "$1" = -v ]; then echo "Apache Maven ${MAVEN_VERSION:-3.9.9}"; exit; fi
            echo "$@" "${GATEHOUSE_REQUIRE_ALL:-}" >>"$NOTES"
            echo '[INFO] Building Gatehouse: first room 0.1.0-SNAPSHOT                      [1/2]'
            echo '[INFO] --- exec:3.6.2:exec (natives) @ gatehouse-inference-worker ---'
            echo '[INFO] Building Gatehouse: second room 0.1.0-SNAPSHOT                     [2/2]'
            if [ -n "${BROKEN:-}" ]; then echo '[ERROR] it does not compile'; exit 1; fi
            echo '[INFO] BUILD SUCCESS'
            """;

    @TempDir
    private Path directory;

    private Path home;
    private Path programs;
    private Path notes;

    private record Ended(int status, String output, String narration) {}

    @BeforeEach
    void checkout() throws Exception {
        home = Files.createDirectory(directory.resolve("check out"));
        programs = Files.createDirectory(directory.resolve("programs"));
        notes = Files.createFile(directory.resolve("notes"));
        Files.createDirectory(home.resolve(".ci"));
        for (String file : List.of("gatehouse", ".ci/progress.awk", ".ci/run")) {
            Files.copy(SOURCE.resolve(file), home.resolve(file));
        }
        program("mvn", MAVEN);
        for (String name : List.of("node", "npm", "cmake", "c++")) {
            program(name, "#!/bin/sh\necho v22.1.0\n");
        }
        Files.writeString(home.resolve("Source.java"), "class Source {}");
        Files.writeString(home.resolve(".gitignore"), "target/\n");
        Checkout.writeJar(home.resolve("launcher/target/launcher.jar"), PrintsItsArguments.class);
        git("init", "-q");
        git("add", "-A");
    }

    @Test
    void buildsOnceAndAgainWhenASourceHasChanged() throws Exception {
        Ended first = run("up", "--port", "1");
        assertThat(first.status).as(first.narration).isZero();
        assertThat(first.output).isEqualTo("up --port 1\n");
        assertThat(first.narration).contains("build [1/2] first room\n      natives\nbuild [2/2] second room\n");
        run("up");
        assertThat(builds())
                .singleElement()
                .asString()
                .matches("-B -DskipTests -Dgatehouse.build=[0-9a-f]{12} package ");

        Files.writeString(home.resolve("README.md"), "words");
        run("up");
        assertThat(builds()).hasSize(1);

        Files.writeString(home.resolve("Source.java"), "class Source { int changed; }");
        run("up");
        assertThat(builds()).hasSize(2);

        Files.delete(home.resolve("Source.java"));
        run("bench");
        assertThat(builds()).hasSize(3);
    }

    @Test
    void buildsOnceFromAnArchiveToo() throws Exception {
        Files.move(home.resolve(".git"), directory.resolve("somewhere else"));
        run("up");
        Files.createDirectories(home.resolve("room/target"));
        Files.createDirectories(home.resolve("room/src/test"));
        for (String file : List.of("room/target/built", "room/src/test/Test.java", "README.md")) {
            Files.writeString(home.resolve(file), "is no source");
        }
        Files.createDirectories(home.resolve("data/run"));
        Files.writeString(home.resolve("data/run/gateway-1.pid"), "1");
        run("up");
        assertThat(builds()).hasSize(1);

        Files.writeString(home.resolve("room/Room.java"), "class Room {}");
        run("up");
        Files.writeString(home.resolve("room/Room.java"), "class Room { int changed; }");
        run("up");
        assertThat(builds()).hasSize(3);
    }

    @Test
    void buildsOnceWhereGitDoesNotTrustTheTree() throws Exception {
        Files.writeString(home.resolve(".git/config"), "broken");
        run("up");
        run("up");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void triesABrokenBuildAgain() throws Exception {
        Ended broken = run(Map.of("BROKEN", "yes"), "up");
        assertThat(broken.status).isEqualTo(1);
        assertThat(broken.output).isEmpty();
        assertThat(broken.narration)
                .contains("it does not compile", "the build failed, see " + home.resolve("target/build.log"));
        assertThat(run("up").status).isZero();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void namesEveryMissingProgramBeforeAnythingHappens() throws Exception {
        program("cmake", "#!/bin/sh\necho cmake version 3.19.8\n");
        program("c++", "#!/bin/sh\nexit 127\n");
        program("node", "#!/bin/sh\necho v18.20.4\n");
        Ended ended = run(Map.of("MAVEN_VERSION", "3.6.3"), "up");
        assertThat(ended.status).isEqualTo(6);
        assertThat(ended.narration)
                .containsPattern("CMake 3.20 or newer is needed: \\S+.* install cmake")
                .containsPattern("a C\\+\\+17 compiler .* is needed: ")
                .containsPattern("Node.js 20.19 or newer is needed: ")
                .containsPattern("Maven 3.8 or newer is needed: ")
                .doesNotContain("git is needed", "npm is needed");
        assertThat(builds()).isEmpty();
    }

    @Test
    void looksOnlyAtItselfForVerbsThatStartNothing() throws Exception {
        assertThat(run("status", "--json").output).isEqualTo("status --json\n");
        assertThat(builds()).isEmpty();
    }

    @Test
    void runsThroughALinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("gh"), home.resolve("gatehouse"));
        Ended ended = run(directory, Map.of(), link.toString(), "status", "two words");
        assertThat(ended.output).isEqualTo("status two words\n");
    }

    @Test
    void runsAllTestsAndRequiresThemInContinuousIntegration() throws Exception {
        assertThat(run("test").output).contains("BUILD SUCCESS");
        run("test", "--long");
        assertThat(run(
                                directory,
                                Map.of("BROKEN", "yes"),
                                home.resolve(".ci/run").toString())
                        .status)
                .isEqualTo(1);
        assertThat(run("test", "--all").status).isEqualTo(2);
        assertThat(builds())
                .containsExactly(
                        "-B verify ", "-B verify -DexcludedGroups= -DpooledGroups=pooled|pooled-long ", "-B verify 1");
    }

    private Ended run(String... arguments) throws Exception {
        return run(Map.of(), arguments);
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = home.resolve("gatehouse").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return run(home, environment, command);
    }

    private Ended run(Path from, Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(from.toFile());
        Path output = directory.resolve("output");
        Path narration = directory.resolve("narration");
        builder.redirectOutput(output.toFile()).redirectError(narration.toFile());
        builder.environment().keySet().removeAll(List.of("CI", "GATEHOUSE_REQUIRE_ALL"));
        builder.environment().putAll(environment);
        builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("NOTES", notes.toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(output), Files.readString(narration));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(notes);
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(programs.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void git(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "git";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        assertThat(run(home, Map.of(), command).status).isZero();
    }

    /** What the script runs here. */
    static final class PrintsItsArguments {
        private PrintsItsArguments() {}

        public static void main(String[] arguments) {
            System.out.println(String.join(" ", arguments));
        }
    }
}
