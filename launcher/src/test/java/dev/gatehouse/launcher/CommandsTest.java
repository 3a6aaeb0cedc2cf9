package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.data.DataDirectory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that need nothing running. */
@Timeout(60)
class CommandsTest {
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
    void statusListsTheUsualProcessesAsStopped() throws Exception {
        assertThat(printed("status", "--json"))
                .containsExactly(
                        "{\"name\":\"postgres\",\"pid\":null,\"state\":\"stopped\",\"url\":null}",
                        "{\"name\":\"worker-1\",\"pid\":null,\"state\":\"stopped\",\"url\":null}",
                        "{\"name\":\"gateway-1\",\"pid\":null,\"state\":\"stopped\",\"url\":null}");
    }

    @Test
    void downSucceedsWhenNothingRuns() throws Exception {
        assertThat(printed("down")).isEmpty();
        assertThat(printed("down", "--json")).hasSize(3).allMatch(line -> line.contains("\"state\":\"stopped\""));
        assertThat(data.root()).doesNotExist();
    }

    @Test
    void doctorFindsAllThatABuildNeeds() throws Exception {
        assertThat(printed("doctor", "--json", "--port", "0"))
                .hasSize(11)
                .allMatch(line -> line.contains("\"ok\":true"));
        assertThat(data.root()).doesNotExist();
    }

    @Test
    void benchPassesItsArgumentsOn() throws Exception {
        Checkout.writeJar(Build.checkout(home).bench(), GatehouseScriptTest.PrintsItsArguments.class);
        assertThat(printed("bench", "gateway", "--quick", "--json"))
                .containsExactly("gateway --quick --json --data " + data.root());
    }

    private List<String> printed(String... arguments) throws Exception {
        try (LauncherProcess launcher = LauncherProcess.run(home, data, arguments)) {
            assertThat(launcher.awaitExit()).as(launcher.narrated()).isZero();
            return launcher.printed().lines().toList();
        }
    }
}
