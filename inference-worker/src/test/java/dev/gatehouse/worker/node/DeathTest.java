package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.WorkerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real process is killed, and started again on the same ledger. */
class DeathTest {

    private static final String ECHO = "--gatehouse.worker.engine.model=echo:";

    @TempDir
    Path directory;

    @Test
    void knowsAfterADeathWhatItHadShownBeforeIt() throws Exception {
        String ended = TestNode.newId();
        String streaming = TestNode.newId();
        String beforeUsage = TestNode.newId();
        int shown;
        try (WorkerProcess worker = WorkerProcess.start(directory, TestGateway.KEY, ECHO)) {
            TestGateway gateway = connect(worker);
            gateway.run(ended, 100, TestGateway.chat("one two")).all();
            Sse last = gateway.run(beforeUsage, 100, TestGateway.script("{'content':'a b','pauseBefore':'usage'}"));
            last.next();
            last.next();
            Sse sse = gateway.run(
                    streaming, 100, TestGateway.script("{'reasoning':'a b','content':'c d e f g h i','paceMs':20}"));
            Optional<JsonNode> frame = sse.next();
            for (int i = 0; i < 4; i++) {
                frame = sse.next();
            }
            shown = frame.orElseThrow().path("gh").path("at").intValue();
            worker.kill();
        }

        try (WorkerProcess worker = WorkerProcess.start(directory, TestGateway.KEY, ECHO)) {
            TestGateway gateway = connect(worker);

            assertThat(gateway.record(ended).json().path("reason").stringValue())
                    .isEqualTo("stop");
            JsonNode died = gateway.record(streaming).json();
            assertThat(died.path("state").stringValue()).isEqualTo("ended");
            assertThat(died.path("reason").stringValue()).isEqualTo("died");
            assertThat(died.path("usage").path("completion_tokens").intValue()).isBetween(shown, 9);
            assertThat(died.path("usage").path("prompt_tokens").intValue()).isPositive();
            assertThat(died.path("usage")
                            .path("completion_tokens_details")
                            .path("reasoning_tokens")
                            .intValue())
                    .isEqualTo(2);
            assertThat(gateway.record(beforeUsage)
                            .json()
                            .path("usage")
                            .path("completion_tokens")
                            .intValue())
                    .isEqualTo(2);
            for (String id : List.of(ended, streaming, beforeUsage)) {
                assertThat(gateway.run(id, 10, TestGateway.chat("again")).status())
                        .isEqualTo(409);
            }
            String intent = streaming.substring(0, 36);
            assertThat(gateway.recover(intent).json().path("exchanges").path(0)).isEqualTo(died);
        }
    }

    @Test
    void finishesPolitelyOnTerm() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(directory, TestGateway.KEY, ECHO)) {
            Sse sse = connect(worker)
                    .run(TestNode.newId(), 100, TestGateway.script("{'content':'a b c d e f','paceMs':50}"));
            sse.next();

            worker.terminate();

            assertThat(Sse.text(sse.all(), "content")).isEqualTo("b c d e f");
            assertThat(sse.done()).isTrue();
            assertThat(worker.awaitExit()).isEqualTo(143);
        }
    }

    private static TestGateway connect(WorkerProcess worker) throws Exception {
        TestGateway gateway = new TestGateway(worker.awaitListening());
        TestNode.await(
                "ready",
                () -> gateway.health().json().path("state").asString("").equals("ready"));
        return gateway;
    }
}
