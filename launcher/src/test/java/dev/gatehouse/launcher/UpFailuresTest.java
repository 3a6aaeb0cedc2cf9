package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.process.ProcessRecord;
import dev.gatehouse.launcher.process.RunFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot start says why, in one message, and leaves nothing running. */
@Timeout(120)
class UpFailuresTest {
    @TempDir
    private Path directory;

    private Path home;
    private DataDirectory data;

    @BeforeEach
    void checkout() throws Exception {
        home = Checkout.create(directory.resolve("checkout")).home();
        data = new DataDirectory(directory.resolve("data"));
    }

    @Test
    void aBusyPort() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String said = refusal(6, "up", "--port", Integer.toString(holder.getLocalPort()));
            assertThat(said)
                    .contains("is taken by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void anAbsentModel() throws Exception {
        assertThat(refusal(3, "up", "--model", "huge")).contains("no model huge. There are: tiny-moe");
    }

    @Test
    void aDiskThatRefuses() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        data = new DataDirectory(file.resolve("data"));
        assertThat(refusal(1, "up")).contains(file.toString(), "--data DIR");
    }

    @Test
    void anApplicationThatIsNotBuilt() throws Exception {
        Files.delete(new Build(home).gateway());
        assertThat(refusal(6, "up")).contains("gateway.jar is not built");
    }

    @Test
    void aDatabaseThatDoesNotAnswer() throws Exception {
        assertThat(refusal(6, "up", "--port", "0", "--database-url", "jdbc:postgresql://127.0.0.1:1/gatehouse"))
                .contains("create role gh_tenant login password '(what "
                        + data.secrets().resolve("gateway/database-tenant"));
    }

    @Test
    void aDatabaseUrlThatIsNone() throws Exception {
        assertThat(refusal(2, "up", "--database-url", "localhost")).contains("jdbc:postgresql://HOST:5432/gatehouse");
    }

    @Test
    void aChildThatCannotStart() throws Exception {
        data.prepare();
        Files.writeString(data.run().resolve("worker-1.crash"), "");
        assertThat(refusal(6, "up", "--port", "0"))
                .contains("worker-1 ended with exit status 3 before it was ready: ", "--model FILE")
                .contains(data.logs().resolve("worker-1.log").toString())
                .contains("the stand-in was asked to crash")
                .doesNotContain("again");
        assertThat(ProcessRecord.names(data)).isEmpty();
    }

    @Test
    void aChildThatKeepsCrashing() throws Exception {
        try (LauncherProcess up = LauncherProcess.up(home, data)) {
            up.awaitReady();
            Files.writeString(data.run().resolve("worker-1.crash"), "");
            RunFile worker = RunFile.read(data, "worker-1").orElseThrow();
            ProcessHandle.of(worker.pid()).orElseThrow().destroyForcibly();
            assertThat(up.awaitExit()).isEqualTo(6);
            assertThat(up.narrated())
                    .contains("worker-1 was killed by signal 9; starting it again")
                    .contains("worker-1 ended with exit status 3, 5 times in a row without getting ready");
        }
        assertThat(ProcessRecord.names(data)).isEmpty();
        assertThat(data.quickstart()).doesNotExist();
    }

    @Test
    void aQuestionWhenNothingRuns() throws Exception {
        assertThat(refusal(6, "chat", "hello")).contains("nothing is ready", "./gatehouse up");
        data.prepare();
        new Quickstart("http://127.0.0.1:1/v1", "key", "admin", "password", "", "", "").write(data);
        assertThat(refusal(6, "chat", "hello")).contains("http://127.0.0.1:1/v1 does not answer");
    }

    private String refusal(int status, String... arguments) throws Exception {
        try (LauncherProcess launcher = LauncherProcess.run(home, data, arguments)) {
            assertThat(launcher.awaitExit()).as(launcher.narrated()).isEqualTo(status);
            assertThat(launcher.narrated()).doesNotContain("\tat ");
            assertThat(launcher.printed()).isEmpty();
            return launcher.narrated();
        }
    }
}
