package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerTest {

    private static Sequence prompt(int length) {
        return new Sequence(new int[length]);
    }

    /** Runs the next step and lets each sequence that picks have its token. */
    private static Scheduler.Step run(Scheduler scheduler) {
        Scheduler.Step step = scheduler.plan();
        List<Sequence> picking = new ArrayList<>();
        step.rows().stream().filter(Scheduler.Rows::picks).forEach(rows -> picking.add(rows.sequence()));
        scheduler.done(step);
        picking.forEach(sequence -> sequence.append(7));
        return step;
    }

    private static List<Sequence> sequences(Scheduler.Step step) {
        return step.rows().stream().map(Scheduler.Rows::sequence).toList();
    }

    @Test
    void hasNothingToDoWithoutSequences() {
        assertThat(new Scheduler(2, 100, 16, 8).plan().rows()).isEmpty();
    }

    @Test
    void computesAPromptAndThenOneRowAToken() {
        Scheduler scheduler = new Scheduler(2, 100, 16, 8);
        Sequence sequence = prompt(5);
        scheduler.add(sequence);

        Scheduler.Step first = run(scheduler);
        Scheduler.Step second = run(scheduler);

        assertThat(first.admitted()).containsExactly(sequence);
        assertThat(first.rows()).containsExactly(new Scheduler.Rows(sequence, 0, 5));
        assertThat(second.rows()).containsExactly(new Scheduler.Rows(sequence, 5, 1));
        assertThat(second.admitted()).isEmpty();
    }

    @Test
    void onlyTheLastChunkOfAPromptPicksAToken() {
        Scheduler scheduler = new Scheduler(1, 100, 16, 8);
        Sequence sequence = prompt(20);
        scheduler.add(sequence);

        Scheduler.Step first = scheduler.plan();
        assertThat(first.rows()).singleElement().matches(rows -> rows.count() == 16 && !rows.picks());
        scheduler.done(first);
        assertThat(scheduler.plan().rows()).singleElement().matches(rows -> rows.from() == 16 && rows.picks());
    }

    @Test
    void oneStepServesAllThatDecode() {
        Scheduler scheduler = new Scheduler(4, 100, 64, 8);
        List<Sequence> four = List.of(prompt(3), prompt(4), prompt(5), prompt(6));
        four.forEach(scheduler::add);
        run(scheduler);

        Scheduler.Step step = run(scheduler);

        assertThat(sequences(step)).containsExactlyElementsOf(four);
        assertThat(step.rows()).allMatch(rows -> rows.count() == 1);
        assertThat(four).extracting(Sequence::slot).doesNotHaveDuplicates();
    }

    @Test
    void boundsPromptRowsBesideThoseThatDecode() {
        Scheduler scheduler = new Scheduler(2, 1000, 64, 8);
        Sequence decoding = prompt(3);
        scheduler.add(decoding);
        run(scheduler);
        Sequence late = prompt(30);
        scheduler.add(late);

        Scheduler.Step step = run(scheduler);

        assertThat(step.rows()).containsExactly(new Scheduler.Rows(decoding, 3, 1), new Scheduler.Rows(late, 0, 8));
    }

    @Test
    void admitsInTheOrderOfArrivalWhenASlotIsFree() {
        Scheduler scheduler = new Scheduler(1, 100, 16, 8);
        Sequence first = prompt(3);
        Sequence second = prompt(3);
        scheduler.add(first);
        scheduler.add(second);

        assertThat(sequences(run(scheduler))).containsExactly(first);
        scheduler.remove(first);
        assertThat(sequences(run(scheduler))).containsExactly(second);
    }

    @Test
    void nobodyPassesOneThatWaitsForRoom() {
        Scheduler scheduler = new Scheduler(3, 50, 64, 64);
        Sequence running = prompt(20);
        scheduler.add(running);
        run(scheduler);
        Sequence large = prompt(40);
        Sequence small = prompt(2);
        scheduler.add(large);
        scheduler.add(small);

        assertThat(sequences(run(scheduler))).containsExactly(running);
        scheduler.remove(running);
        assertThat(sequences(run(scheduler))).containsExactly(large, small);
    }

    @Test
    void aCancelledOneLeavesTheQueue() {
        Scheduler scheduler = new Scheduler(1, 100, 16, 8);
        Sequence first = prompt(3);
        Sequence second = prompt(3);
        scheduler.add(first);
        scheduler.add(second);
        run(scheduler);

        scheduler.remove(second);

        scheduler.remove(first);
        assertThat(scheduler.plan().rows()).isEmpty();
    }

    @Test
    void aPausedOneKeepsItsPartOfTheCacheAndComputesNothing() {
        Scheduler scheduler = new Scheduler(2, 100, 16, 8);
        Sequence paused = prompt(3);
        scheduler.add(paused);
        run(scheduler);
        paused.pause(true);

        assertThat(scheduler.plan().rows()).isEmpty();
        assertThat(scheduler.kvUsed()).isEqualTo(3);
        paused.pause(false);
        assertThat(sequences(run(scheduler))).containsExactly(paused);
    }

    @Test
    void theYoungestGivesWayWhenTheCacheIsFullAndIsComputedAgainLater() {
        Scheduler scheduler = new Scheduler(2, 64, 64, 64);
        Sequence old = prompt(30);
        Sequence young = prompt(30);
        scheduler.add(old);
        scheduler.add(young);
        run(scheduler);
        run(scheduler);
        run(scheduler);

        Scheduler.Step full = run(scheduler);
        assertThat(full.evicted()).containsExactly(young);
        assertThat(sequences(full)).containsExactly(old);
        assertThat(young.computed()).isZero();
        assertThat(young.slot()).isNotEqualTo(Sequence.NO_SLOT);

        scheduler.remove(old);
        Scheduler.Step again = run(scheduler);
        assertThat(again.rows()).containsExactly(new Scheduler.Rows(young, 0, 33));
        assertThat(again.admitted()).isEmpty();
    }

    @Test
    void aLongPromptLeavesHalfOfTheRowsToLaterOnes() {
        Scheduler scheduler = new Scheduler(4, 10_000, 64, 16);
        Sequence decoding = prompt(3);
        scheduler.add(decoding);
        run(scheduler);
        Sequence large = prompt(1_000);
        scheduler.add(large);
        run(scheduler);
        Sequence small = prompt(10);
        Sequence other = prompt(2);
        scheduler.add(small);
        scheduler.add(other);

        Scheduler.Step step = run(scheduler);
        assertThat(step.admitted()).containsExactly(small, other);
        assertThat(step.rows())
                .containsExactly(
                        new Scheduler.Rows(decoding, 4, 1),
                        new Scheduler.Rows(large, 16, 8),
                        new Scheduler.Rows(small, 0, 6),
                        new Scheduler.Rows(other, 0, 2));
        assertThat(run(scheduler).rows()).contains(new Scheduler.Rows(large, 24, 12), new Scheduler.Rows(small, 6, 4));
        assertThat(small.length()).isEqualTo(11);
    }

    @Test
    void rowsThatOthersDoNotNeedGoToTheOldestPrompt() {
        assertThat(new PromptShares(new int[] {100, 3}, 16).counts()).containsExactly(13, 3);
        assertThat(new PromptShares(new int[] {2, 100, 5, 100}, 17).counts()).containsExactly(2, 5, 5, 5);
        assertThat(new PromptShares(new int[] {9, 9, 9, 9}, 3).counts()).containsExactly(2, 1, 0, 0);
        assertThat(new PromptShares(new int[] {100}, 16).counts()).containsExactly(16);
    }

    @Test
    void neverPlansMoreThanTheCacheHolds() {
        Scheduler scheduler = new Scheduler(8, 256, 64, 16);
        List<Sequence> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Sequence sequence = prompt(10 + 5 * (i % 12));
            all.add(sequence);
            scheduler.add(sequence);
        }
        int steps = 0;
        while (!all.isEmpty()) {
            Scheduler.Step step = run(scheduler);
            assertThat(step.rows()).isNotEmpty();
            assertThat(step.size()).isLessThanOrEqualTo(64);
            assertThat(scheduler.kvUsed()).isLessThanOrEqualTo(256);
            List<Sequence> ended =
                    all.stream().filter(sequence -> sequence.length() > 90).toList();
            ended.forEach(scheduler::remove);
            all.removeAll(ended);
            assertThat(++steps).isLessThan(20_000);
        }
        assertThat(scheduler.kvUsed()).isZero();
        assertThat(scheduler.running()).isZero();
    }
}
