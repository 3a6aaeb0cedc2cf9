package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that makes the secrets of docker-compose.yml. */
@Timeout(60)
class DeploySecretsTest {
    private static final Path SCRIPT =
            Path.of("../deploy/secrets").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    @Test
    void letsTheContainersReadThemAndNobodyElse() throws Exception {
        Path secrets = directory.resolve("secrets.d");
        make(secrets);
        assertThat(mode(secrets)).isEqualTo("rwx------");
        assertThat(contents(secrets).keySet())
                .hasSize(12)
                .allSatisfy(file -> assertThat(mode(file)).isEqualTo("r--r--r--"));
    }

    @Test
    void keepsThoseThatExist() throws Exception {
        make(directory);
        Map<Path, String> first = contents(directory);
        Files.delete(directory.resolve("pepper.1"));
        make(directory);
        assertThat(contents(directory))
                .hasSameSizeAs(first)
                .allSatisfy((file, content) ->
                        assertThat(content.equals(first.get(file))).isNotEqualTo(file.endsWith("pepper.1")));
    }

    private void make(Path secrets) throws Exception {
        Process process = new ProcessBuilder(SCRIPT.toString(), secrets.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static Map<Path, String> contents(Path secrets) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(secrets)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                contents.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
