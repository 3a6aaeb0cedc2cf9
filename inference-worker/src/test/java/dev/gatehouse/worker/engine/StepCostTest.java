package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class StepCostTest {

    private final Random random = new Random(7);
    private final StepCost cost = new StepCost();

    /** 3 ms, 2 for each row that decodes, 0.5 for each of a prompt, 0.1 for a thousand tokens before a row; up to 10 % more or less. */
    private void observe(StepCost.Shape shape, double times) {
        cost.observe(shape, (long) (1e6 * truth(shape) * times * (0.9 + 0.2 * random.nextDouble())));
    }

    private static double truth(StepCost.Shape shape) {
        return 3 + 2 * shape.decode() + 0.5 * shape.prompt() + shape.before() / 10_000.0;
    }

    private static StepCost.Shape shape(int decode, int prompt, int position) {
        return new StepCost.Shape(decode, prompt, (long) (decode + prompt) * position);
    }

    private void learn(int steps) {
        for (int i = 0; i < steps; i++) {
            observe(shape(random.nextInt(16), 0, random.nextInt(4_000)), 1);
            observe(shape(random.nextInt(16), 1 + random.nextInt(400), random.nextInt(4_000)), 1);
        }
    }

    private void isRight() {
        for (StepCost.Shape shape : new StepCost.Shape[] {shape(8, 0, 500), shape(8, 100, 2_000), shape(0, 500, 100)}) {
            assertThat(cost.millis(shape)).isCloseTo(truth(shape), Percentage.withPercentage(10));
        }
    }

    @Test
    void learnsWhatStepsCost() {
        learn(64);
        isRight();
        assertThat(cost.promptRow(1_000)).isCloseTo(0.6, Percentage.withPercentage(15));
    }

    @Test
    void isNotMisledByStepsThatTookFarTooLong() {
        learn(64);
        for (int i = 0; i < 40; i++) {
            observe(shape(8, 200, 500), i % 10 == 0 ? 20 : 1);
        }
        isRight();
    }

    @Test
    void keepsWhatItKnowsOfPromptsWhileOnlyAnswersAreGenerated() {
        learn(64);
        for (int i = 0; i < 1_000; i++) {
            observe(shape(4, 0, 500), 1);
        }
        isRight();
    }

    @Test
    void followsAMachineThatBecomesSlower() {
        learn(64);
        for (int i = 0; i < 64; i++) {
            observe(shape(random.nextInt(16), 1 + random.nextInt(400), 500), 3);
            observe(shape(random.nextInt(16), 0, 500), 3);
        }
        assertThat(cost.millis(shape(8, 100, 500)))
                .isCloseTo(3 * truth(shape(8, 100, 500)), Percentage.withPercentage(15));
    }

    @Test
    void neverExpectsThatMoreRowsTakeLessTime() {
        for (int i = 0; i < 100; i++) {
            observe(shape(8, 0, 10), 10 - i / 10.0);
            observe(shape(1 + i % 3, 300 - i, 10), 1);
        }
        assertThat(cost.promptRow(0)).isPositive();
        assertThat(cost.millis(shape(9, 0, 10))).isGreaterThanOrEqualTo(cost.millis(shape(8, 0, 10)));
    }
}
