package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepSharesTest {

    private final StepCost cost = new StepCost();

    StepSharesTest() {
        for (int i = 1; i <= 64; i++) {
            int decode = 1 + i % 9;
            int prompt = 50 * (1 + i % 7);
            cost.observe(new StepCost.Shape(decode, prompt, 0), nanos(decode, prompt));
            cost.observe(new StepCost.Shape(decode, 0, 0), nanos(decode, 0));
        }
    }

    /** 10 ms fixed, 1 for each row that decodes and a tenth for each of a prompt. */
    private static long nanos(int decode, int prompt) {
        return 10_000_000 + decode * 1_000_000L + prompt * 100_000L;
    }

    private static Step step(Step.Rows... rows) {
        return new Step(List.of(), List.of(), List.of(rows));
    }

    private static Step.Rows decode() {
        return new Step.Rows(new Sequence(new int[1], Caller.ANYONE, 9), 0, 1, false);
    }

    private static Step.Rows prompt(int count) {
        return new Step.Rows(new Sequence(new int[count], Caller.ANYONE, 9), 0, count, true);
    }

    private double[] millis(Step step, long nanos) {
        long[] shares = new StepShares(step, cost).of(nanos);
        assertThat(Arrays.stream(shares).sum()).isEqualTo(nanos);
        return Arrays.stream(shares).mapToDouble(share -> share / 1e6).toArray();
    }

    @Test
    void rowsThatDecodeShareWhatEveryStepTakesAndPromptsPayWhatTheyAdd() {
        double[] millis = millis(step(decode(), decode(), prompt(80)), nanos(2, 80));

        StepCost.Shape prompt = new StepCost.Shape(0, 80, 80 * 79 / 2);
        assertThat(millis[0]).isCloseTo(millis[1], within(1e-3)).isGreaterThan(cost.fixed() / 2);
        assertThat(millis[2]).isCloseTo(cost.fixedOfPrompts() + cost.added(prompt), within(millis[2] / 20));
    }

    @Test
    void promptsAloneShareTheFixedPartByTheirRows() {
        double[] millis = millis(step(prompt(30), prompt(10)), nanos(0, 40));

        assertThat(millis[0] / millis[1]).isBetween(2.9, 3.1);
    }

    @Test
    void noNanosecondIsLostOrMade() {
        for (long total = 0; total < 50; total++) {
            long[] shares = new StepShares(step(decode(), prompt(7), decode(), prompt(3)), cost).of(total);
            assertThat(Arrays.stream(shares).sum()).isEqualTo(total);
            assertThat(Arrays.stream(shares)).allMatch(share -> share >= 0);
        }
    }
}
