package dev.gatehouse.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.process.ProcessStatus.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {
    @TempDir
    private Path directory;

    private DataDirectory data;
    private Process ours;

    @BeforeEach
    void start() throws IOException {
        data = new DataDirectory(directory);
        data.prepare();
        ours = new ProcessBuilder(
                        "sh",
                        "-c",
                        "read line",
                        data.root().resolve("run/worker-1.json").toString())
                .start();
    }

    @AfterEach
    void end() {
        ours.destroyForcibly();
    }

    @Test
    void knowsItsProcess() throws IOException {
        ProcessRecord.of(ours.toHandle()).write(data, "worker-1");
        assertThat(ProcessRecord.names(data)).containsExactly("worker-1");
        assertThat(living()).contains(ours.toHandle());
        assertThat(ProcessStatus.of(data, "worker-1").state()).isEqualTo(State.STARTING);
        new RunFile(ours.pid(), "1", "http://127.0.0.1:1", null).write(data, "worker-1");
        assertThat(ProcessStatus.of(data, "worker-1"))
                .isEqualTo(new ProcessStatus("worker-1", ours.pid(), State.RUNNING, "http://127.0.0.1:1"));
    }

    @Test
    void isNotFooledByAReusedProcessId() throws IOException {
        Instant earlier = Instant.now().minus(Duration.ofMinutes(1));
        new ProcessRecord(ours.pid(), earlier).write(data, "worker-1");
        assertThat(living()).isEmpty();
        assertThat(ProcessStatus.of(data, "worker-1").state()).isEqualTo(State.DEAD);
    }

    @Test
    void isNotFooledByAStrangersCommandLine() throws IOException {
        DataDirectory other = new DataDirectory(directory.resolve("other"));
        other.prepare();
        ProcessRecord.of(ours.toHandle()).write(other, "worker-1");
        assertThat(ProcessRecord.read(other, "worker-1").orElseThrow().living(other))
                .isEmpty();
    }

    @Test
    void isDeadOnceItsProcessHasEnded() throws Exception {
        ProcessRecord.of(ours.toHandle()).write(data, "worker-1");
        ours.destroyForcibly().waitFor();
        assertThat(ProcessStatus.of(data, "worker-1")).isEqualTo(new ProcessStatus("worker-1", null, State.DEAD, null));
    }

    private Optional<ProcessHandle> living() {
        return ProcessRecord.read(data, "worker-1").orElseThrow().living(data);
    }
}
