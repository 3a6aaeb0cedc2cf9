package dev.gatehouse.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.process.ProcessStatus;
import dev.gatehouse.launcher.process.ProcessStatus.State;
import dev.gatehouse.launcher.process.RunFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, PostgreSQL and children as real processes; only what the children do is small. */
@Timeout(180)
class UpTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private Path home;
    private DataDirectory data;

    @BeforeEach
    void checkout() throws Exception {
        home = Checkout.create(directory.resolve("checkout")).home();
        data = new DataDirectory(directory.resolve("data"));
    }

    @AfterEach
    void down() throws Exception {
        try (LauncherProcess down = LauncherProcess.run(home, data, "down")) {
            assertThat(down.awaitExit()).as(down.narrated()).isZero();
        }
        assertThat(states()).containsOnly(State.STOPPED);
        assertThat(data.quickstart()).doesNotExist();
    }

    @Test
    void bringsBackWhatDiesAndAdoptsWhatAKilledLauncherLeft() throws Exception {
        Quickstart first;
        long postgres;
        try (LauncherProcess up = LauncherProcess.up(home, data)) {
            first = up.awaitReady();
            assertThat(states()).containsOnly(State.RUNNING);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.quickstart())))
                    .isEqualTo("rw-------");
            String link = first.baseUrl().replace("/v1", "/console/#link=once");
            assertThat(first.consoleUrl()).isEqualTo(link);
            assertThat(up.printed()).contains("console   " + link);
            try (LauncherProcess console = LauncherProcess.run(home, data, "console")) {
                assertThat(console.awaitExit()).as(console.narrated()).isZero();
                assertThat(console.printed().strip()).isEqualTo(link);
            }
            assertThat(environmentOf(first.workerUrl()))
                    .contains("PATH")
                    .noneMatch(name -> name.startsWith("GATEHOUSE"));

            assertThat(statusLines()).containsExactlyInAnyOrder(line("postgres"), line("worker-1"), line("gateway-1"));

            killAndAwaitReturn("worker-1", up);
            killAndAwaitReturn("gateway-1", up);
            killAndAwaitReturn("postgres", up);
            postgres = pid("postgres");

            try (LauncherProcess second = LauncherProcess.up(home, data)) {
                assertThat(second.awaitExit()).isEqualTo(6);
                assertThat(second.narrated())
                        .contains("is in use by process " + up.process().pid());
            }
            up.process().destroyForcibly();
            up.awaitExit();
        }
        Eventually.holds(
                SOON,
                () -> state("worker-1") == State.DEAD && state("gateway-1") == State.DEAD,
                () -> "the children outlive a killed launcher: " + states());
        assertThat(state("postgres")).isEqualTo(State.RUNNING);

        try (LauncherProcess up = LauncherProcess.up(home, data, "--no-console")) {
            Quickstart again = up.awaitReady();
            assertThat(again.consoleUrl()).isEmpty();
            assertThat(up.printed()).doesNotContain("console");
            assertThat(again.apiKey()).isEqualTo(first.apiKey());
            assertThat(pid("postgres")).isEqualTo(postgres);

            down();
            assertThat(up.awaitExit()).as(up.narrated()).isZero();
            assertThat(states()).containsOnly(State.STOPPED);
            assertThat(ProcessHandle.of(postgres)).isEmpty();
            assertThat(data.quickstart()).doesNotExist();
        }
    }

    private List<String> statusLines() throws Exception {
        try (LauncherProcess status = LauncherProcess.run(home, data, "status", "--json")) {
            assertThat(status.awaitExit()).isZero();
            return status.printed().lines().toList();
        }
    }

    private String line(String name) {
        return "{\"name\":\"%s\",\"pid\":%d,\"state\":\"running\",\"url\":\"%s\"}"
                .formatted(
                        name, pid(name), RunFile.read(data, name).orElseThrow().url());
    }

    private void killAndAwaitReturn(String name, LauncherProcess up) {
        long killed = pid(name);
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        Eventually.holds(
                SOON,
                () -> state(name) == State.RUNNING && pid(name) != killed,
                () -> name + " does not come back: " + up.narrated());
        Eventually.holds(
                SOON, () -> up.narrated().contains(name + " answers again"), () -> "not said: " + up.narrated());
    }

    private long pid(String name) {
        return RunFile.read(data, name).map(RunFile::pid).orElse(0L);
    }

    private State state(String name) {
        return ProcessStatus.of(data, name).state();
    }

    private List<State> states() {
        return List.of(state("postgres"), state("worker-1"), state("gateway-1"));
    }

    private static List<String> environmentOf(String url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url + "/environment")).build();
            return http.send(request, BodyHandlers.ofString()).body().lines().toList();
        }
    }
}
