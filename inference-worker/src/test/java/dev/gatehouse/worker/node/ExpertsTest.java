package dev.gatehouse.worker.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.engine.ExpertPicks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpertsTest {

    private static final String PATH = "/node/v1/experts";

    @TempDir
    private Path directory;

    @Test
    void writesThePicksAsTheExampleHasThem() throws Exception {
        ExpertPicks picks = new ExpertPicks(16, 3, 20, 4, List.of(layer(1, 10, 20, 5, 5), layer(2, 2, 2, 2, 2)));

        assertThat(new String(ExpertsJson.of(picks), StandardCharsets.UTF_8))
                .isEqualTo(Files.readString(Path.of("../docs/node-protocol/experts.json"))
                        .strip());
    }

    @Test
    void saysThatAnEngineCountsNoneAndRefusesATicketForAnotherCall() throws Exception {
        try (TestNode node = TestNode.start(directory)) {
            String ticket = TestGateway.sign(TestGateway.claims("experts", "", 0, ""), TestGateway.KEY);
            String other = TestGateway.sign(TestGateway.claims("totals", "", 0, ""), TestGateway.KEY);

            assertThat(node.gateway.call("GET", PATH, ticket, "").code()).isEqualTo("experts_not_counted");
            assertThat(node.gateway.call("GET", PATH, other, "").code()).isEqualTo("ticket_invalid");
        }
    }

    @Test
    void tellsHowUnevenlyALayerPicks() {
        assertThat(layer(0, 5, 5, 5, 5).imbalance()).isEqualTo(1);
        assertThat(layer(0, 5, 5, 5, 5).evenness()).isEqualTo(1);
        assertThat(layer(0, 8, 0, 0, 0).imbalance()).isEqualTo(4);
        assertThat(layer(0, 8, 0, 0, 0).evenness()).isZero();
        assertThat(layer(0, 0, 0).imbalance()).isZero();
    }

    private static ExpertPicks.Layer layer(int index, long... picks) {
        return new ExpertPicks.Layer(index, picks);
    }
}
