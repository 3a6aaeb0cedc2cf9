package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TotalsTest {

    private static final long NOON = 1_795_521_600_000L;

    @TempDir
    static Path directory;

    private static TestNode node;

    @BeforeAll
    static void start() throws Exception {
        node = TestNode.start(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void sumsWhatItsRecordsOfATimeSay() throws Exception {
        node.gateway.run(made(NOON, 1), 10, TestGateway.chat("one two three")).all();
        node.gateway.run(made(NOON + 5, 2), 10, TestGateway.chat("one")).all();
        node.gateway.run(made(NOON + 10, 3), 10, TestGateway.chat("one two")).all();

        assertThat(node.gateway.totals("" + NOON, "" + (NOON + 10)).json().toString())
                .isEqualTo("{\"exchanges\":2,\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":4,\"total_tokens\":8,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":0},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":0}}}");
    }

    @Test
    void refusesATicketForAnotherCallAndATimeThatIsNone() throws Exception {
        String path = "/node/v1/exchanges/totals?from=0&until=1";
        String drain = TestGateway.sign(TestGateway.claims("drain", "", 0, ""), TestGateway.KEY);

        assertThat(node.gateway.call("GET", path, drain, "").code()).isEqualTo("ticket_invalid");
        assertThat(node.gateway.totals("yesterday", "1").status()).isEqualTo(400);
    }

    private static String made(long millis, int number) {
        return new UUID(millis << 16 | 0x7000, 0x8000_0000_0000_0000L | number) + "-1";
    }
}
