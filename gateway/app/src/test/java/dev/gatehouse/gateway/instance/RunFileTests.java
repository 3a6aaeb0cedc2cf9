package dev.gatehouse.gateway.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.database.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunFileTests {

    @TempDir
    private Path directory;

    @Test
    void saysWhereThisProcessListens() throws IOException {
        Path file = directory.resolve("run/gateway-1.json");
        runFile(file).ready();
        JsonNode told = JsonMapper.shared().readTree(Files.readAllBytes(file));
        assertThat(told.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
        assertThat(told.path("startId").asString()).isEqualTo("9223372036854775807");
        assertThat(told.path("url").asString()).isEqualTo("http://127.0.0.1:8080");
        assertThat(told.path("metricsUrl").asString()).endsWith("/actuator/prometheus");
    }

    @Test
    void replacesTheFileOfAnEarlierRunAndLeavesNothingBeside() throws IOException {
        Path file = directory.resolve("gateway-1.json");
        Files.writeString(file, "of an earlier run");
        runFile(file).ready();
        assertThat(file).content().doesNotContain("earlier");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void writesNothingWhereNobodyAsksForIt() throws IOException {
        runFile(null).ready();
        assertThat(directory).isEmptyDirectory();
    }

    private static RunFile runFile(@Nullable Path file) {
        return new RunFile(
                new InstanceProperties("gateway-1", file, false),
                new Instance("gateway-1", Long.MAX_VALUE),
                () -> "http://127.0.0.1:8080",
                JsonMapper.shared());
    }
}
