package dev.gatehouse.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** {@code deploy/secrets} makes what the compose file wants, as {@link Secrets} would. */
@Timeout(60)
class DeploySecretsTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path directory;

    private record Ended(int status, String output) {}

    @BeforeEach
    void requireOpenSsl() throws Exception {
        boolean there = run("sh", "-c", "openssl version").output.startsWith("OpenSSL 3");
        boolean required = "1".equals(System.getenv("GATEHOUSE_REQUIRE_ALL"));
        assumeTrue(there || required, "OpenSSL 3 is not here");
    }

    @Test
    void makesAllThatTheComposeFileDeclares() throws Exception {
        Map<String, String> made = make();
        assertThat(made.keySet()).isEqualTo(declared());
        assertThat(made.values()).doesNotHaveDuplicates().noneMatch(String::isBlank);
        for (String name : List.of("pepper.1", "kek.1", "signing.1", "join.1")) {
            assertThat(Base64.getDecoder().decode(made.get(name))).hasSize(32);
        }
    }

    @Test
    void derivesTheKeyOfTheNodeAndTheChecksumOfTheApiKeyAsTheLauncherDoes() throws Exception {
        make();
        assertThat(read("node-key")).isEqualTo(NodeKey.derive(read("join.1"), "worker-1"));
        String key = read("quickstart-key");
        assertThat(key).isEqualTo(ApiKey.withChecksum(key.substring(8, 40)));
    }

    @Test
    void keepsWhatIsThere() throws Exception {
        Map<String, String> made = make();
        Files.delete(target().resolve("kek.1"));
        Map<String, String> again = make();
        assertThat(again.remove("kek.1")).isNotEqualTo(made.remove("kek.1"));
        assertThat(again).isEqualTo(made);
    }

    private Map<String, String> make() throws Exception {
        Ended ended = run(HOME.resolve("deploy/secrets").toString(), target().toString());
        assertThat(ended.status).as(ended.output).isZero();
        Map<String, String> made = new TreeMap<>();
        try (Stream<Path> files = Files.list(target())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                made.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return made;
    }

    private static Set<String> declared() throws IOException {
        Map<String, Map<String, ?>> compose = new Yaml().load(Files.readString(HOME.resolve("docker-compose.yml")));
        return new TreeSet<>(compose.getOrDefault("secrets", Map.of()).keySet());
    }

    private String read(String name) throws IOException {
        return Files.readString(target().resolve(name));
    }

    private Path target() {
        return directory.resolve("secrets");
    }

    private static Ended run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
