package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.BundledModel.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How tokens are chosen, and how probable they are said to be. */
class LlamaSamplingTest {

    private static LlamaEngine engine;

    @BeforeAll
    static void open() throws Exception {
        engine = BundledModel.open(step -> {});
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void reportsLogProbabilities() throws Exception {
        Collected answer = run(engine, Ask.sum(123, 456).logprobs(5));
        List<TokenLogprob> logprobs = answer.logprobs();
        String text = answer.reasoning() + answer.content();

        assertThat(logprobs).hasSize(text.length());
        for (int i = 0; i < logprobs.size(); i++) {
            TokenLogprob token = logprobs.get(i);
            assertThat(new String(token.bytes(), StandardCharsets.UTF_8)).isEqualTo(text.substring(i, i + 1));
            assertThat(token.logprob()).isLessThanOrEqualTo(0);
            assertThat(token.top()).hasSize(5);
            assertThat(token.top().stream()
                            .mapToDouble(top -> Math.exp(top.logprob()))
                            .sum())
                    .isLessThanOrEqualTo(1 + 1e-5);
            assertThat(token.top()).isSortedAccordingTo((a, b) -> Double.compare(b.logprob(), a.logprob()));
            assertThat(token.top().getFirst().bytes()).isEqualTo(token.bytes());
            assertThat(token.top().getFirst().logprob()).isCloseTo(token.logprob(), within(1e-6));
        }
    }

    @Test
    void reportsTheTokensOwnProbabilityWithoutAlternatives() throws Exception {
        assertThat(run(engine, Ask.sum(1, 2).logprobs(0)).logprobs())
                .isNotEmpty()
                .allMatch(token -> token.top().isEmpty() && token.logprob() <= 0);
    }

    @Test
    void forcesATokenByItsBias() throws Exception {
        Collected answer =
                run(engine, Ask.sum(123, 456).biased(Map.of(20, 100f)).max(5));
        assertThat(answer.ids()).containsExactly(20, 20, 20, 20, 20);
    }

    @Test
    void bansATokenByItsBias() throws Exception {
        int first = run(engine, Ask.sum(123, 456)).ids().getFirst();
        assertThat(run(engine, Ask.sum(123, 456).biased(Map.of(first, -100f))).ids())
                .doesNotContain(first);
    }

    @Test
    void drawsTheSameFromTheSameSeedAndElseNot() throws Exception {
        List<List<Integer>> drawn = new ArrayList<>();
        for (long seed = 1; seed <= 8; seed++) {
            drawn.add(run(engine, Ask.user("Hello!").drawn(2, seed).max(30)).ids());
        }
        assertThat(run(engine, Ask.user("Hello!").drawn(2, 1).max(30)).ids()).isEqualTo(drawn.getFirst());
        assertThat(drawn).doesNotHaveDuplicates();
    }

    @Test
    void penaltiesBreakRepetition() throws Exception {
        Ask forced = Ask.sum(123, 456).biased(Map.of(20, 60f, 21, 45f)).max(30);
        assertThat(run(engine, forced).ids()).containsOnly(20);
        assertThat(run(engine, forced.penalised(0, 2, 1)).ids()).contains(20, 21);
        assertThat(run(engine, forced.penalised(0, 0, 3)).ids()).contains(20, 21);
    }

    @Test
    void aPresencePenaltyTipsAClosePair() throws Exception {
        boolean tipped = false;
        for (float close = 45; close < 70 && !tipped; close++) {
            Ask forced = Ask.sum(123, 456).biased(Map.of(20, 60f, 21, close)).max(2);
            tipped = run(engine, forced).ids().equals(List.of(20, 20))
                    && run(engine, forced.penalised(2, 0, 1)).ids().equals(List.of(20, 21));
        }
        assertThat(tipped).isTrue();
    }
}
