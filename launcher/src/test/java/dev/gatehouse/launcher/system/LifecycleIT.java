package dev.gatehouse.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.launcher.Eventually;
import dev.gatehouse.launcher.LauncherProcess;
import dev.gatehouse.launcher.data.DataDirectory;
import dev.gatehouse.launcher.data.Quickstart;
import dev.gatehouse.launcher.process.ProcessStatus;
import dev.gatehouse.launcher.process.ProcessStatus.State;
import dev.gatehouse.launcher.process.RunFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One installation from its first start to its last, each on what the one before has left. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LifecycleIT {

    private static final String POSTGRES = "postgres";
    private static final String WORKER = "worker-1";
    private static final String GATEWAY = "gateway-1";
    private static final String QUESTION = "What is 123 + 456?";

    private final Path directory;
    private final DataDirectory data;
    private final Terminal terminal;

    LifecycleIT(@TempDir Path directory) {
        this.directory = directory;
        this.data = new DataDirectory(directory.resolve("data"));
        this.terminal = new Terminal(data);
    }

    @AfterAll
    void endWhatAFailureLeft() throws Exception {
        terminal.gatehouse("down");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalToTheWholeGroupEndsAllOfItInOrder(String signal) throws Exception {
        try (LauncherProcess up = terminal.up()) {
            up.awaitReady();
            assertThat(terminal.processes()).hasSizeGreaterThanOrEqualTo(4);
            terminal.signal(signal, up);
            assertThat(up.awaitExit()).as(up.narrated()).isZero();
            assertThat(up.narrated())
                    .containsSubsequence("stopping " + GATEWAY, "stopping " + WORKER, "stopping " + POSTGRES)
                    .doesNotContain("again", "killing");
        }
        nothingIsLeft();
    }

    @Test
    void aKilledLauncherIsFollowedByOneThatTakesOver() throws Exception {
        String key;
        long postgres;
        try (LauncherProcess up = terminal.up()) {
            key = up.awaitReady().apiKey();
            postgres = pid(POSTGRES);
            up.process().destroyForcibly();
            up.awaitExit();
        }
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> state(WORKER) == State.DEAD && state(GATEWAY) == State.DEAD,
                () -> "they outlive their launcher: " + terminal.processes());
        assertThat(state(POSTGRES)).isEqualTo(State.RUNNING);
        try (LauncherProcess up = terminal.up()) {
            Quickstart again = up.awaitReady();
            assertThat(up.narrated()).contains("taking over PostgreSQL, process " + postgres);
            assertThat(pid(POSTGRES)).isEqualTo(postgres);
            assertThat(again.apiKey()).isEqualTo(key);
            worksBesideOthers(up, again);
            assertThat(terminal.gatehouse("down").status()).isZero();
            assertThat(up.awaitExit()).as(up.narrated()).isZero();
        }
        nothingIsLeft();
        assertThat(terminal.gatehouse("chat", QUESTION).status()).isEqualTo(6);
    }

    private void worksBesideOthers(LauncherProcess up, Quickstart quickstart) throws Exception {
        chatAnswersAndSaysHowFast();
        chatIsDeniedWithAWrongKey(quickstart);
        statusPrintsOneObjectForEachProcess();
        aLinkOpensTheConsoleOnce(quickstart.consoleUrl());
        Terminal.Ended console = terminal.gatehouse("console");
        assertThat(console.status()).as(console.narration()).isZero();
        aLinkOpensTheConsoleOnce(console.output().strip());
        aSecondLauncherIsRefused(up);
    }

    private static void aLinkOpensTheConsoleOnce(String link) throws Exception {
        String[] parts = link.split("/console/#link=");
        assertThat(parts).as(link).hasSize(2);
        HttpRequest signIn = HttpRequest.newBuilder(URI.create(parts[0] + "/api/admin/v1/session"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"link\":\"%s\"}".formatted(parts[1])))
                .build();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            assertThat(browser.send(signIn, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(204);
            assertThat(browser.send(signIn, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
        }
    }

    private void chatAnswersAndSaysHowFast() throws Exception {
        Terminal.Ended chat = terminal.gatehouse("chat", QUESTION);
        assertThat(chat.status()).as(chat.narration()).isZero();
        assertThat(chat.output().lines().toList().getLast()).isEqualTo("579");
        assertThat(chat.narration())
                .containsPattern("first token after \\d+ ms, [1-9]\\d* tokens, [1-9]\\d*\\.\\d tokens/s");
    }

    private void chatIsDeniedWithAWrongKey(Quickstart right) throws Exception {
        String key = right.apiKey().replaceFirst(".$", right.apiKey().endsWith("0") ? "1" : "0");
        new Quickstart(
                        right.baseUrl(),
                        key,
                        right.adminUser(),
                        right.adminPassword(),
                        right.workerUrl(),
                        right.metricsUrl(),
                        right.consoleUrl())
                .write(data);
        Terminal.Ended chat = terminal.gatehouse("chat", QUESTION);
        right.write(data);
        assertThat(chat.status()).as(chat.narration()).isEqualTo(4);
        assertThat(chat.narration()).contains("401").doesNotContain("\tat ", key);
        assertThat(chat.output()).isEmpty();
    }

    private void statusPrintsOneObjectForEachProcess() throws Exception {
        Terminal.Ended status = terminal.gatehouse("status", "--json");
        assertThat(status.status()).isZero();
        assertThat(status.output().lines()).containsExactlyInAnyOrder(line(POSTGRES), line(WORKER), line(GATEWAY));
    }

    private void aSecondLauncherIsRefused(LauncherProcess up) throws Exception {
        Terminal.Ended second = terminal.refusedUp();
        assertThat(second.status()).isEqualTo(6);
        assertThat(second.narration())
                .contains("in use by process " + up.process().pid())
                .contains("./gatehouse down", "--data DIR");
        assertThat(data.quickstart()).exists();
    }

    @Test
    void anAbsentModelIsOneMessage() throws Exception {
        Path absent = directory.resolve("absent.gguf");
        Terminal.Ended up = terminal.refusedUp("--model", absent.toString());
        assertThat(up.status()).isEqualTo(3);
        saysWhatToDo(up, "there is no model file " + absent);
        nothingIsLeft();
    }

    @Test
    void aModelThatIsCutOffIsOneMessage() throws Exception {
        byte[] whole = Files.readAllBytes(Terminal.HOME.resolve("inference-worker/models/tiny-moe-q8_0.gguf"));
        Path cut = Files.write(directory.resolve("cut.gguf"), Arrays.copyOf(whole, whole.length / 2));
        Terminal.Ended up = terminal.refusedUp("--model", cut.toString());
        assertThat(up.status()).isEqualTo(6);
        saysWhatToDo(up, "The model file " + cut + " can not be used", "the file is cut off", "worker-1.log");
        assertThat(up.narration()).doesNotContain("again");
        nothingIsLeft();
    }

    @Test
    void aModelOfAnotherFormatIsOneMessage() throws Exception {
        Path text = Files.writeString(directory.resolve("text.gguf"), "a model");
        Terminal.Ended up = terminal.refusedUp("--model", text.toString());
        assertThat(up.status()).isEqualTo(2);
        saysWhatToDo(up, text + " is not a GGUF file");
        nothingIsLeft();
    }

    private static void saysWhatToDo(Terminal.Ended up, String... words) {
        assertThat(up.narration())
                .contains(words)
                .contains("--model FILE")
                .containsOnlyOnce("gatehouse: ")
                .doesNotContain("\tat ");
        assertThat(up.output()).isEmpty();
    }

    private void nothingIsLeft() {
        Eventually.holds(
                Duration.ofSeconds(10),
                () -> terminal.processes().isEmpty(),
                () -> "still there: " + terminal.processes());
        assertThat(List.of(state(POSTGRES), state(WORKER), state(GATEWAY))).containsOnly(State.STOPPED);
        assertThat(data.quickstart()).doesNotExist();
    }

    private String line(String name) {
        RunFile said = RunFile.read(data, name).orElseThrow();
        return "{\"name\":\"%s\",\"pid\":%d,\"state\":\"running\",\"url\":\"%s\"}"
                .formatted(name, said.pid(), said.url());
    }

    private long pid(String name) {
        return RunFile.read(data, name).orElseThrow().pid();
    }

    private State state(String name) {
        return ProcessStatus.of(data, name).state();
    }
}
