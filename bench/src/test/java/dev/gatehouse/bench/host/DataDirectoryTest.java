package dev.gatehouse.bench.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {

    @TempDir
    Path root;

    private long own;

    @BeforeEach
    void write() throws Exception {
        own = ProcessHandle.current().pid();
        Files.createDirectories(root.resolve("run"));
        Files.createDirectories(root.resolve("secrets/gateway"));
        Files.writeString(root.resolve("quickstart.json"), "{\"baseUrl\":\"http://127.0.0.1:1/v1\",\"apiKey\":\"k\"}");
        Files.writeString(
                root.resolve("run/gateway-1.json"), "{\"pid\":%d,\"url\":\"http://127.0.0.1:1234\"}".formatted(own));
        Files.writeString(root.resolve("secrets/gateway/join.2"), "Mg==");
        Files.writeString(root.resolve("secrets/gateway/join.10"), "MTA=\n");
        Files.writeString(root.resolve("secrets/gateway/pepper.11"), "MTE=");
    }

    @Test
    void readsWhatAMeasurementNeeds() {
        DataDirectory data = new DataDirectory(root);

        assertThat(data.isReady()).isTrue();
        assertThat(data.apiKey()).isEqualTo("k");
        assertThat(data.gatewayUrl(1)).isEqualTo(URI.create("http://127.0.0.1:1234/"));
        assertThat(data.gateway(1)).isEqualTo(new ProcessTree(own));
        assertThat(data.joinSecret()).asString().isEqualTo("10");
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> new DataDirectory(root).database())
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("postgres.json")
                .hasMessageContaining("./gatehouse up");
    }

    @Test
    void refusesASystemWhoseWorkersWouldTakePartOfTheLoad() throws Exception {
        Files.writeString(root.resolve("run/worker-1.json"), "{\"pid\":%d}".formatted(own));

        assertThatThrownBy(() -> Gatehouse.running(root))
                .hasMessageContaining("worker-1")
                .hasMessageContaining("--workers 0");
    }
}
