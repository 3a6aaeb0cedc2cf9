package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.FakeModel.caller;
import static dev.gatehouse.worker.engine.FakeModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private static List<Sequence> sequences(Step step) {
        return step.rows().stream().map(Step.Rows::sequence).toList();
    }

    /** A fixed millisecond, one for each row that decodes and a tenth for each of a prompt. */
    private static void teach(FakeModel model) {
        for (int i = 1; i <= 64; i++) {
            int decode = i % 9;
            int prompt = 50 * (1 + i % 7);
            model.cost.observe(
                    new StepCost.Shape(decode, prompt, 100L * i), 1_000_000L + decode * 1_000_000L + prompt * 100_000L);
            model.cost.observe(new StepCost.Shape(decode, 0, 10L * i), 1_000_000L + decode * 1_000_000L);
        }
    }

    @Test
    void hasNothingToDoWithoutSequences() {
        assertThat(new FakeModel(2, 100, 16).step().rows()).isEmpty();
    }

    @Test
    void computesAPromptAndThenOneRowAToken() {
        FakeModel model = new FakeModel(2, 100, 16);
        Sequence sequence = model.add(5);

        Step first = model.step();
        Step second = model.step();

        assertThat(first.admitted()).containsExactly(sequence);
        assertThat(first.rows()).containsExactly(new Step.Rows(sequence, 0, 5, true));
        assertThat(second.rows()).containsExactly(new Step.Rows(sequence, 5, 1, false));
        assertThat(second.admitted()).isEmpty();
    }

    @Test
    void aPromptAloneTakesFullSteps() {
        FakeModel model = new FakeModel(1, 100, 16);
        Sequence sequence = model.add(40);

        assertThat(model.step().rows()).containsExactly(new Step.Rows(sequence, 0, 16, true));
        assertThat(model.step().rows()).containsExactly(new Step.Rows(sequence, 16, 16, true));
        assertThat(model.step().rows()).containsExactly(new Step.Rows(sequence, 32, 8, true));
        assertThat(sequence.generated()).isEqualTo(1);
    }

    @Test
    void oneStepServesAllThatDecode() {
        FakeModel model = new FakeModel(4, 400, 64);
        List<Sequence> four = List.of(model.add(3), model.add(4), model.add(5), model.add(6));
        model.step();

        Step step = model.step();

        assertThat(sequences(step)).containsExactlyElementsOf(four);
        assertThat(step.rows()).allMatch(rows -> rows.count() == 1);
        assertThat(four).extracting(Sequence::slot).doesNotHaveDuplicates();
    }

    @Test
    void promptsGetTheTimeThatThoseWhoDecodeHaveLeft() {
        FakeModel model = new FakeModel(8, 10_000, 2_000);
        teach(model);
        List<Sequence> decoding =
                IntStream.range(0, 5).mapToObj(i -> model.add(3)).toList();
        model.step();
        Sequence late = model.add(1_500);

        Step step = model.step();

        assertThat(sequences(step)).startsWith(decoding.toArray(Sequence[]::new));
        assertThat(step.rows().getLast().sequence()).isEqualTo(late);
        assertThat(step.rows().getLast().count()).isBetween(600, 980);
        assertThat(model.cost.millis(step.shape())).isBetween(60.0, 101.0);
    }

    @Test
    void answersThatTakeLongLeavePromptsMostOfTheTime() {
        FakeModel model = new FakeModel(128, 100_000, 8_000);
        teach(model);
        IntStream.range(0, 120).forEach(i -> model.add(tokens(1_000_000 + 1_000 * i, 3)));
        model.step();
        model.add(6_000);

        Step step = model.step();

        assertThat(step.shape().decode()).isEqualTo(120);
        assertThat(step.rows().getLast().count()).isBetween(2_500, 5_000);
    }

    @Test
    void admitsInTheOrderOfArrivalWhenASlotIsFree() {
        FakeModel model = new FakeModel(1, 100, 16);
        Sequence first = model.add(3);
        Sequence second = model.add(4);

        assertThat(sequences(model.step())).containsExactly(first);
        model.scheduler.remove(first);
        assertThat(sequences(model.step())).containsExactly(second);
    }

    @Test
    void nobodyPassesOneThatWaitsForRoom() {
        FakeModel model = new FakeModel(3, 100, 64);
        Sequence running = model.add(20);
        model.step();
        Sequence large = model.add(70);
        Sequence small = model.add(tokens(9_000_000, 2));

        assertThat(sequences(model.step())).containsExactly(running);
        model.scheduler.remove(running);
        model.step();
        assertThat(model.step().rows()).extracting(Step.Rows::sequence).contains(large);
        assertThat(small.generated()).isZero();
    }

    @Test
    void aCancelledOneLeavesTheQueue() {
        FakeModel model = new FakeModel(1, 100, 16);
        Sequence first = model.add(3);
        Sequence second = model.add(4);
        model.step();

        model.scheduler.remove(second);
        model.scheduler.remove(first);

        assertThat(model.step().rows()).isEmpty();
        assertThat(model.scheduler.waiting()).isZero();
    }

    @Test
    void aPausedOneKeepsItsPartOfTheCacheAndComputesNothing() {
        FakeModel model = new FakeModel(2, 100, 16);
        Sequence paused = model.add(3);
        model.step();
        paused.pause(true);

        assertThat(model.step().rows()).isEmpty();
        assertThat(model.scheduler.kvUsed()).isEqualTo(3);
        paused.pause(false);
        assertThat(sequences(model.step())).containsExactly(paused);
    }

    @Test
    void theYoungestGivesWayWhenTheCacheIsFullAndGoesOnFromWhatIsLeftOfIt() {
        FakeModel model = new FakeModel(2, 100, 64).expectingShortAnswers();
        Sequence old = model.add(tokens(1_000, 33), Caller.ANYONE, 60);
        Sequence young = model.add(tokens(2_000, 33), Caller.ANYONE, 60);
        boolean preempted = false;
        for (int steps = 0; !preempted; steps++) {
            assertThat(steps).isLessThan(100);
            preempted = model.step().preempted().contains(young);
        }
        assertThat(young.slot()).isEqualTo(Sequence.NO_SLOT);
        assertThat(old.generated()).isEqualTo(young.generated() + 1);

        model.scheduler.remove(old);
        int length = young.length();
        int before = model.cells.computed();
        assertThat(model.step().admitted()).containsExactly(young);
        assertThat(young.length()).isEqualTo(length + 1);
        assertThat(model.cells.computed() - before).isLessThanOrEqualTo(65);
        model.finish(young);
    }

    @Test
    void noRequestFailsBecauseOthersGrow() {
        FakeModel model = new FakeModel(8, 256, 64).expectingShortAnswers();
        List<Sequence> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(model.add(tokens(1_000 * (i + 1), 10 + 5 * (i % 12)), Caller.ANYONE, 170));
        }
        int preempted = 0;
        for (int steps = 0; !all.isEmpty(); steps++) {
            assertThat(steps).isLessThan(20_000);
            Step step = model.step();
            preempted += step.preempted().size();
            assertThat(step.rows()).isNotEmpty();
            List<Sequence> ended =
                    all.stream().filter(sequence -> sequence.bound() == 0).toList();
            ended.forEach(model.scheduler::remove);
            all.removeAll(ended);
        }
        assertThat(preempted).isPositive();
        assertThat(model.scheduler.kvUsed()).isZero();
        assertThat(model.scheduler.running()).isZero();
    }

    @Test
    void aLongPromptLeavesHalfOfTheRowsToLaterOnes() {
        FakeModel model = new FakeModel(4, 10_000, 64);
        Sequence large = model.add(1_000);
        model.step();
        Sequence small = model.add(tokens(8_000_000, 10));
        Sequence other = model.add(tokens(9_000_000, 2));

        Step step = model.step();

        assertThat(step.admitted()).containsExactly(small, other);
        assertThat(step.rows())
                .containsExactlyInAnyOrder(
                        new Step.Rows(large, 64, 52, true),
                        new Step.Rows(small, 0, 10, true),
                        new Step.Rows(other, 0, 2, true));
    }

    @Test
    void thePromptThatStoodStillForTheLongestGoesFirst() {
        FakeModel model = new FakeModel(4, 10_000, 4);
        List<Sequence> three = List.of(model.add(90), model.add(91), model.add(92));
        for (int step = 0; step < 40; step++) {
            model.step();
        }
        assertThat(three).allSatisfy(sequence -> assertThat(sequence.computed()).isBetween(30, 80));
    }

    @Test
    void theFirstPromptGetsHalfAndTheShortestTheRest() {
        assertThat(new PromptShares(new int[] {100, 3}, 16).counts()).containsExactly(13, 3);
        assertThat(new PromptShares(new int[] {2, 100, 5, 100}, 17).counts()).containsExactly(2, 10, 5, 0);
        assertThat(new PromptShares(new int[] {9, 9, 9, 9}, 3).counts()).containsExactly(2, 1, 0, 0);
        assertThat(new PromptShares(new int[] {100}, 16).counts()).containsExactly(16);
    }

    @Test
    void aBatchGivesWayToAnInteractiveRequestAndGoesOnAfterIt() {
        FakeModel model = new FakeModel(1, 1_000, 64);
        Sequence batch = model.add(tokens(1_000, 100), caller("", 1, Priority.BATCH), 50);
        model.generate(batch, 5);
        Sequence later = model.add(tokens(2_000, 100), caller("", 1, Priority.BATCH), 50);
        Sequence interactive = model.add(tokens(3_000, 100), caller("", 1, Priority.INTERACTIVE), 3);

        Step step = model.step();
        assertThat(step.preempted()).containsExactly(batch);
        assertThat(step.admitted()).containsExactly(interactive);
        model.finish(interactive);
        int before = model.cells.computed();
        assertThat(model.step().admitted()).containsExactly(batch);
        assertThat(model.cells.computed() - before).isEqualTo(1);
        assertThat(later.served()).isFalse();
    }

    @Test
    void tellsWhenAPlaceIsLikelyToBeFree() {
        FakeModel model = new FakeModel(2, 10_000, 64);
        teach(model);
        assertThat(model.scheduler.nextEnd()).isEqualTo(Duration.ZERO);
        model.add(100);
        Duration one = model.scheduler.nextEnd();
        for (int i = 0; i < 5; i++) {
            model.add(3_000);
        }
        assertThat(one).isPositive();
        assertThat(model.scheduler.nextEnd()).isGreaterThan(one);
    }
}
