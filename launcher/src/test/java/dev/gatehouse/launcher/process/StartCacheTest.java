package dev.gatehouse.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.data.FileTree;
import dev.gatehouse.launcher.process.StartCache.Haste;
import dev.gatehouse.launcher.process.StartCache.State;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class StartCacheTest {

    @TempDir
    private Path directory;

    /** An application that ends by itself. */
    static final class Greeting {
        private Greeting() {}

        public static void main(String[] words) {
            System.out.println("trained with " + String.join(" ", words));
            System.exit(words.length == 0 ? 3 : 0);
        }
    }

    @Test
    void learnsAStartAndIsUsedFromThenOn() throws Exception {
        Path jar = application();
        StartCache cache = new StartCache(jar);
        LogFile log = log();

        assertThat(cache.state()).isEqualTo(State.MISSING);
        assertThat(cache.flags()).isEmpty();
        assertThat(cache.train(List.of("care"), Haste.WAITED_FOR, log)).isTrue();
        assertThat(log.lastLines(50)).anyMatch(line -> line.contains("trained with care"));
        assertThat(cache.state()).isEqualTo(State.FITS);
        assertThat(runWith(cache, jar)).isZero();
    }

    @Test
    void fitsOnlyTheFilesThatItWasMadeWith() throws Exception {
        Path jar = application();
        StartCache cache = new StartCache(jar);
        cache.train(List.of("care"), Haste.WAITED_FOR, log());

        Files.writeString(jar.resolveSibling("lib").resolve("another.jar"), "");
        assertThat(cache.state()).isEqualTo(State.STALE);
        assertThat(cache.flags()).isEmpty();
    }

    @Test
    void fitsWhereItIsMovedWithItsFiles() throws Exception {
        Path jar = application();
        new StartCache(jar).train(List.of("care"), Haste.WAITED_FOR, log());
        Path elsewhere = directory.resolve("elsewhere");
        for (String name : List.of("greeting.jar", "greeting.aot", "greeting.aot.stamp", "lib")) {
            FileTree.copy(directory.resolve(name), elsewhere.resolve(name));
            FileTree.delete(directory.resolve(name));
        }
        StartCache moved = new StartCache(elsewhere.resolve("greeting.jar"));

        assertThat(moved.state()).isEqualTo(State.FITS);
        assertThat(runWith(moved, elsewhere.resolve("greeting.jar"))).isZero();
    }

    @Test
    void isNotMadeByAStartThatFails() throws Exception {
        StartCache cache = new StartCache(application());

        assertThat(cache.train(List.of(), Haste.NONE, log())).isFalse();
        assertThat(cache.state()).isEqualTo(State.MISSING);
    }

    @Test
    void isNotMadeForAnApplicationWithoutItsLibrariesBesideIt() throws Exception {
        Path jar = application();
        Files.delete(jar.resolveSibling("lib"));

        assertThat(new StartCache(jar).state()).isEqualTo(State.IMPOSSIBLE);
    }

    private LogFile log() {
        return new LogFile(directory.resolve("training.log"), new Narrator(System.err));
    }

    /** Ends with a status other than 0 when the JVM refuses the cache. */
    private static int runWith(StartCache cache, Path jar) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JavaProgram.JAVA));
        command.addAll(JvmFlags.ALL);
        command.addAll(cache.flags());
        command.addAll(List.of("-XX:AOTMode=on", "-jar", jar.toString(), "care"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private Path application() throws IOException {
        Path jar = directory.resolve("greeting.jar");
        Files.createDirectories(directory.resolve("lib"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Greeting.class.getName());
        String entry = Greeting.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream archive = new JarOutputStream(file, manifest);
                InputStream bytes = Objects.requireNonNull(Greeting.class.getResourceAsStream("/" + entry))) {
            archive.putNextEntry(new JarEntry(entry));
            bytes.transferTo(archive);
            archive.closeEntry();
        }
        return jar;
    }
}
