package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random steps on a clock of their own. */
class MeteringTest {

    private static final Traffic TRAFFIC = new Traffic(100, 1_000, 8_000, 0.25, OptionalDouble.of(1e6));

    private final Random random = new Random(20261124);
    private final FakeModel model = new FakeModel(6, 300, 64).expectingShortAnswers();
    private final List<Sequence> all = new ArrayList<>();
    private long now = 1_000;
    private long microjoules;
    private boolean alike = true;
    private final Set<Computed> computed = new HashSet<>();
    private double cellNanos;

    private record Computed(Sequence sequence, int position) {}

    @Test
    void theSharesOfAllSequencesAndTheIdleTimeAreTheTimeToTheNanosecond() {
        Metering metering = new Metering(model.cost, TRAFFIC, () -> OptionalLong.of(microjoules), () -> now);
        long began = now;

        runSteps(metering, 500);

        Activity activity = metering.activity();
        assertThat(all.stream()
                        .mapToLong(sequence -> sequence.account().nanos())
                        .sum())
                .isEqualTo(activity.computeNanos());
        assertThat(activity.computeNanos() + activity.idleNanos()).isEqualTo(now - began);
        assertThat(activity.steps()).isGreaterThan(200);
    }

    @Test
    void heldCellsAreThoseOfTheCacheThatRunningSequencesNeed() {
        Metering metering = new Metering(model.cost, TRAFFIC, Energy.UNKNOWN, () -> now);

        runSteps(metering, 500);

        double held = all.stream()
                .mapToDouble(sequence -> sequence.account().cellNanos())
                .sum();
        assertThat(held).isPositive().isCloseTo(cellNanos, within(cellNanos * 1e-9));
    }

    @Test
    void energyOfStepsIsSharedAsTheirTimeAndTheRestIsIdle() {
        Metering metering = new Metering(model.cost, TRAFFIC, () -> OptionalLong.of(microjoules), () -> now);

        runSteps(metering, 500);

        double shared = all.stream()
                .map(sequence -> metering.cost(List.of(sequence.account())))
                .mapToDouble(cost -> cost.joules().orElse(0))
                .sum();
        assertThat(shared).isPositive().isLessThan(metering.activity().joules().orElseThrow());
        assertThat(metering.activity().joules()).hasValueCloseTo(microjoules / 1e6, within(1e-6));
    }

    @Test
    void whatCanNotBeReadIsAbsentAndNotZero() {
        Traffic unknown = new Traffic(100, 1_000, 0, 0, OptionalDouble.empty());
        Metering metering = new Metering(model.cost, unknown, Energy.UNKNOWN, () -> now);

        runSteps(metering, 50);

        Cost cost = metering.cost(List.of(all.getFirst().account()));
        assertThat(cost.computeMs()).isPositive();
        assertThat(cost.joules()).isEmpty();
        assertThat(cost.bandwidth()).isEmpty();
        assertThat(metering.activity().joules()).isEmpty();
    }

    @Test
    void tokensThatAreComputedAgainAreCounted() {
        alike = false;
        Metering metering = new Metering(model.cost, TRAFFIC, Energy.UNKNOWN, () -> now);

        runSteps(metering, 500);

        long again = all.stream()
                .mapToLong(
                        sequence -> metering.cost(List.of(sequence.account())).recomputed())
                .sum();
        assertThat(metering.activity().preemptions()).isPositive();
        assertThat(metering.activity().recomputed()).isPositive().isEqualTo(again);
        assertThat(again).isEqualTo(model.cells.computed() - computed.size());
    }

    private void runSteps(Metering metering, int steps) {
        for (int i = 0; i < steps; i++) {
            arrive();
            pass(random.nextInt(3_000));
            metering.rested(model.scheduler);
            Step step = model.plan();
            metering.preempted(step.preempted().size());
            if (!step.rows().isEmpty()) {
                compute(metering, step);
            }
            leave();
        }
    }

    private void compute(Metering metering, Step step) {
        long took = 1 + random.nextInt(1_000_000);
        model.compute(step);
        for (Step.Rows rows : step.rows()) {
            IntStream.range(rows.from(), rows.from() + rows.count())
                    .forEach(position -> computed.add(new Computed(rows.sequence(), position)));
        }
        pass(took);
        metering.computed(step, model.scheduler);
        model.cost.observe(step.shape(), took);
        model.pick(step);
    }

    private void pass(long nanos) {
        now += nanos;
        microjoules += nanos;
        cellNanos += (double) model.scheduler.kvUsed() * nanos;
    }

    private void arrive() {
        if (random.nextInt(4) == 0) {
            int[] prompt = FakeModel.tokens(1_000 * (alike ? random.nextInt(3) : all.size()), 5 + random.nextInt(90));
            all.add(model.add(prompt, Caller.ANYONE, 60));
        }
    }

    private void leave() {
        all.stream()
                .filter(sequence ->
                        sequence.slot() != Sequence.NO_SLOT && (sequence.bound() <= 0 || random.nextInt(80) == 0))
                .forEach(model.scheduler::remove);
    }
}
