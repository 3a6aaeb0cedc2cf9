package dev.gatehouse.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.launcher.terminal.Exit;
import dev.gatehouse.launcher.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    private Path directory;

    private DataDirectory data;

    @BeforeEach
    void prepare() {
        data = new DataDirectory(directory);
        data.prepare();
    }

    @Test
    void areMadeOnceAndForTheirOwnerOnly() throws IOException {
        Secrets secrets = Secrets.open(data);
        secrets.node("worker-1");
        Map<String, String> made = contents();
        assertThat(made)
                .containsOnlyKeys(
                        "postgres/superuser",
                        "gateway/pepper.1",
                        "gateway/kek.1",
                        "gateway/signing.1",
                        "gateway/join.1",
                        "gateway/database-owner",
                        "gateway/database-tenant",
                        "gateway/database-append",
                        "gateway/database-core",
                        "gateway/quickstart-key",
                        "gateway/admin-password",
                        "worker/worker-1/node-key");
        assertThat(made.values()).doesNotHaveDuplicates();
        for (String key : new String[] {"pepper.1", "kek.1", "signing.1", "join.1"}) {
            assertThat(Base64.getDecoder().decode(made.get("gateway/" + key))).hasSize(32);
        }
        try (Stream<Path> all = Files.walk(data.secrets())) {
            assertThat(all)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }

        Secrets.open(data).node("worker-1");
        assertThat(contents()).isEqualTo(made);
    }

    @Test
    void makeTheAdministratorsPasswordAnewWhenItIsGone() throws IOException {
        String first = Secrets.open(data).adminPassword();
        Files.delete(data.secrets().resolve("gateway/admin-password"));
        assertThat(Secrets.open(data).adminPassword()).isNotBlank().isNotEqualTo(first);
    }

    @Test
    void deriveTheNodeKeyFromTheNewestJoinSecret() throws IOException {
        Secrets secrets = Secrets.open(data);
        String first = nodeKey(secrets);
        AtomicFile.write(data.secrets().resolve("gateway/join.10"), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        assertThat(nodeKey(Secrets.open(data)))
                .isEqualTo("dmpBGBsG6M8ett6F6JhVHYgUsEnxPx7pzXSvynXsAIU=")
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pepper.1", "database-owner", "quickstart-key"})
    void areNeverReplaced(String name) throws IOException {
        Secrets.open(data);
        Path lost = data.secrets().resolve("gateway").resolve(name);
        Files.delete(lost);
        assertThatThrownBy(() -> Secrets.open(data))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(lost + " is missing")
                .hasMessageContaining("restore it");
        assertThat(lost).doesNotExist();
    }

    @Test
    void areNotMadeForADatabaseThatExists() throws IOException {
        Files.createDirectories(data.postgres().resolve("data"));
        assertThatThrownBy(() -> Secrets.open(data)).isInstanceOf(Failure.class).hasMessageContaining("is missing");
    }

    @Test
    void areRefusedWhenOthersCanReadThem() throws IOException {
        Secrets.open(data);
        Path open = data.secrets().resolve("gateway/kek.1");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Secrets.open(data))
                .asInstanceOf(InstanceOfAssertFactories.type(Failure.class))
                .satisfies(failure -> assertThat(failure.exit()).isEqualTo(Exit.DENIED))
                .extracting(Failure::getMessage, InstanceOfAssertFactories.STRING)
                .contains("can reach " + open, "chmod -R go= " + data.secrets());
    }

    private static String nodeKey(Secrets secrets) throws IOException {
        return Files.readString(secrets.node("worker-1").resolve("node-key"));
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data.secrets()).filter(Files::isRegularFile)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                contents.put(data.secrets().relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
