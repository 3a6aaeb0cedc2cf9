package dev.gatehouse.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ClosedLoopTest {

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final ClosedLoop FIVE_CALLERS = ClosedLoop.counted(5, Duration.ZERO, 4);

    @Test
    void everyCallerSendsItsRequests() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.OK, 20);
                Client client = new Client()) {
            Tally tally = FIVE_CALLERS.run(client, server.request(), new Expected(2, 0), BOUND);

            assertThat(tally.requireRight("fake").answers()).isEqualTo(20);
            assertThat(server.asked()).isEqualTo(20);
        }
    }

    @Test
    void oneWrongAnswerVoidsTheRun() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.OK, 20);
                Client client = new Client()) {
            Tally tally = FIVE_CALLERS.run(client, server.request(), new Expected(3, 0), BOUND);

            assertThatThrownBy(() -> tally.requireRight("fake"))
                    .isInstanceOf(WrongAnswerException.class)
                    .hasMessage("fake: of 5 answers these were wrong: 5 × 2 bytes instead of 3");
        }
    }

    @Test
    void aRefusedConnectionIsAWrongAnswer() throws Exception {
        FakeServer server = new FakeServer(FakeServer.OK, 0);
        server.close();
        try (Client client = new Client()) {
            Tally tally = FIVE_CALLERS.run(client, server.request(), new Expected(2, 0), BOUND);

            assertThatThrownBy(() -> tally.requireRight("fake")).hasMessageContaining("5 × no connection");
        }
    }
}
