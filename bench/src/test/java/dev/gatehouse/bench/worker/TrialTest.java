package dev.gatehouse.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.bench.host.ModelServer;
import dev.gatehouse.bench.host.ProcessTree;
import dev.gatehouse.bench.load.Samples;
import dev.gatehouse.bench.load.WrongAnswerException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {

    private record Idle(String name) implements ModelServer {

        @Override
        public URI url() {
            return URI.create("http://127.0.0.1:1");
        }

        @Override
        public ProcessTree processes() {
            return new ProcessTree(1);
        }

        @Override
        public void close() {}
    }

    private record Found(int promptTokens, double figure) implements Trial.Result {}

    private final Callers ours = new Callers(new Idle("ours"), "m");
    private final Callers theirs = new Callers(new Idle("theirs"), "m");

    @Test
    void roundsBeginWithTheServerThatTheOneBeforeEndedWith() throws Exception {
        List<String> order = new ArrayList<>();
        Trial<Found> trial = (callers, round) -> {
            order.add(callers.name() + round);
            return new Found(7, round);
        };
        Trial.Results<Found> found = trial.alternate(List.of(ours, theirs), 3);
        assertThat(order).containsExactly("ours0", "theirs0", "theirs1", "ours1", "ours2", "theirs2");
        assertThat(found.of("theirs", Found::figure).median()).isEqualTo(1);
    }

    @Test
    void promptsOfDifferentLengthEndTheRun() {
        Trial<Found> trial = (callers, round) -> new Found(callers == ours ? 7 : 8, 0);
        assertThatThrownBy(() -> trial.alternate(List.of(ours, theirs), 1))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContaining("7 tokens")
                .hasMessageContaining("8 at theirs");
    }

    @Test
    void aGapCountsWhenItReachesIntoTheTimeThatIsLookedAt() {
        Heard heard = new Heard(0, new long[] {1_000, 2_000, 9_000, 9_500}, 0, 0);
        Samples micros = new Samples();
        LongPrompt.gaps(heard, 3_000, 9_200, micros);
        assertThat(micros.count()).isEqualTo(2);
        assertThat(micros.percentile(1)).isEqualTo(7);
    }

    @Test
    void whoHearsNothingMoreUntilTheEndHasWaitedUntilThen() {
        Heard heard = new Heard(0, new long[] {1_000, 2_000}, 0, 0);
        Samples micros = new Samples();
        LongPrompt.gaps(heard, 3_000, 50_000, micros);
        assertThat(micros.percentile(1)).isEqualTo(48);
    }

    @Test
    void eventsAreCountedAsTheTokensThatTheyBrought() {
        Heard heard = new Heard(0, new long[] {10, 20, 30, 40}, 5, 8);
        assertThat(heard.tokensWithin(11, 40)).isEqualTo(6);
    }
}
