package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.process.ProcessRecord;
import dev.gatehouse.launcher.terminal.Narrator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeftoversTest {
    @TempDir
    private Path directory;

    private DataDirectory data;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        data = new DataDirectory(directory);
        data.prepare();
        process = new ProcessBuilder("sh", "-c", "read line", data.root().toString()).start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void areEndedAndForgotten() throws Exception {
        ProcessRecord.of(process.toHandle()).write(data, "gateway-1");
        endApplications();
        assertThat(process.isAlive()).isFalse();
        assertThat(ProcessRecord.names(data)).isEmpty();
    }

    @Test
    void doNotIncludeAStrangerWithTheirProcessId() throws Exception {
        Instant earlier = Instant.now().minus(Duration.ofHours(1));
        new ProcessRecord(process.pid(), earlier).write(data, "gateway-1");
        endApplications();
        assertThat(process.isAlive()).isTrue();
        assertThat(ProcessRecord.names(data)).isEmpty();
    }

    private void endApplications() {
        new Leftovers(data, new Narrator(System.err)).endApplications();
    }
}
