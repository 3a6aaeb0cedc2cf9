package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.worker.WorkerProcess;
import dev.gatehouse.worker.engine.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {

    private static final String ECHO = "--gatehouse.worker.engine.model=echo:";

    @TempDir
    private Path directory;

    private Optional<Turn> turn = Optional.empty();
    private Duration now = Duration.ofHours(1);
    private final Watchdog watchdog = new Watchdog(() -> turn, Duration.ofSeconds(60), () -> now.toNanos());

    private void begins(Duration expected) {
        turn = Optional.of(new Turn(now.toNanos(), expected, () -> "a step of 3 rows"));
    }

    @Test
    void saysWhatTheEngineIsAtOnlyWhenItsPatienceIsOver() {
        begins(Duration.ZERO);
        now = now.plusSeconds(60);
        assertThat(watchdog.stall()).isEmpty();

        now = now.plusSeconds(1);
        assertThat(watchdog.stall())
                .hasValueSatisfying(
                        cause -> assertThat(cause).contains("a step of 3 rows").contains("61 s"));
    }

    @Test
    void waitsLongerForWhatIsExpectedToTakeLong() {
        begins(Duration.ofSeconds(20));
        now = now.plusSeconds(60 + 200);
        assertThat(watchdog.stall()).isEmpty();

        now = now.plusSeconds(1);
        assertThat(watchdog.stall()).isPresent();
    }

    @Test
    void anEngineThatHasNothingToDoIsNotStuck() {
        now = now.plusDays(1);
        assertThat(watchdog.stall()).isEmpty();
    }

    @Test
    void aRealWorkerEndsWithTheCauseInItsLogAndItsNextLifeKnowsWhatDied() throws Exception {
        String id = TestNode.newId();
        try (WorkerProcess worker =
                WorkerProcess.start(directory, TestGateway.KEY, ECHO, "--gatehouse.worker.node.watchdog=1s")) {
            TestGateway gateway = ready(worker);
            assertThatThrownBy(() -> gateway.run(id, 10, TestGateway.script("{'content':'a','pauseBefore':'hang'}")))
                    .isInstanceOf(IOException.class);

            assertThat(worker.awaitExit()).isEqualTo(Node.STUCK);
            assertThat(worker.log())
                    .contains("The engine makes no progress")
                    .contains("a step of the echo engine for 1 sequences")
                    .contains("echo-engine (WAITING)")
                    .contains("EchoSequence.hang");
        }
        try (WorkerProcess worker = WorkerProcess.start(directory, TestGateway.KEY, ECHO)) {
            assertThat(ready(worker).record(id).json().path("reason").stringValue())
                    .isEqualTo("died");
        }
    }

    private static TestGateway ready(WorkerProcess worker) throws Exception {
        TestGateway gateway = new TestGateway(worker.awaitListening());
        TestNode.await(
                "ready",
                () -> gateway.health().json().path("state").asString("").equals("ready"));
        return gateway;
    }
}
