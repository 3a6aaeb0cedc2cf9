package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real engine's account of itself. */
class LlamaMeteringTest {

    @Test
    void whatRequestsCostAddsUpToWhatTheEngineHasComputed() throws Exception {
        long began = System.nanoTime();
        try (LlamaEngine engine = BundledModel.open(step -> {})) {
            List<Collected> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Collected answer = new Collected();
                engine.submit(Ask.sum(100 + i, 200).choices(1 + i % 2).request(), answer);
                answers.add(answer);
            }
            List<Cost> costs = answers.stream()
                    .map(answer -> answer.awaitEnd().meters().cost())
                    .toList();
            Activity activity = engine.activity();

            assertThat(costs.stream().mapToDouble(Cost::computeMs).sum())
                    .isCloseTo(activity.computeNanos() / 1e6, within(1e-6));
            assertThat(activity.computeNanos() + activity.idleNanos())
                    .isPositive()
                    .isLessThanOrEqualTo(System.nanoTime() - began);
            assertThat(costs)
                    .allMatch(
                            cost -> cost.kvByteSeconds() > 0 && cost.bandwidth().isEmpty());
            assertThat(activity.steps()).isPositive();
        }
    }

    @Test
    void countsExpertsInTheStepsThatItSamples() throws Exception {
        try (LlamaEngine engine = BundledModel.open(step -> {})) {
            BundledModel.run(engine, Ask.sum(123, 456));

            ExpertPicks picks = engine.experts().orElseThrow();

            assertThat(picks.every()).isEqualTo(16);
            assertThat(picks.steps())
                    .isPositive()
                    .isEqualTo(Math.ceilDiv(engine.activity().steps(), 16));
            assertThat(picks.layers()).extracting(ExpertPicks.Layer::index).containsExactly(1, 2);
            assertThat(Arrays.stream(picks.layers().getFirst().picks()).sum()).isEqualTo(2 * picks.rows());
            assertThat(Arrays.stream(picks.layers().getLast().picks()).sum()).isEqualTo(2 * picks.outputs());
        }
    }

    @Test
    void isAtNothingWhileThereIsNothingToDo() throws Exception {
        try (LlamaEngine engine = BundledModel.open(step -> {})) {
            BundledModel.run(engine, Ask.sum(1, 2));
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (engine.turn().isPresent() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertThat(engine.turn()).isEmpty();
        }
    }
}
