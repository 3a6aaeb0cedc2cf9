package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Choices of one request: their prompt is computed once, and is in the KV cache once. */
class FamilyTest {

    private static List<Sequence> choices(int count, int prompt) {
        Family family = new Family(prompt);
        return Stream.generate(() -> new Sequence(new int[prompt], family))
                .limit(count)
                .toList();
    }

    private static Scheduler.Step run(Scheduler scheduler) {
        Scheduler.Step step = scheduler.plan();
        List<Sequence> picking = step.rows().stream()
                .filter(Scheduler.Rows::picks)
                .map(Scheduler.Rows::sequence)
                .toList();
        scheduler.done(step);
        picking.forEach(sequence -> sequence.append(7));
        return step;
    }

    @Test
    void theFirstComputesThePromptAndTheOthersShareIt() {
        Scheduler scheduler = new Scheduler(4, 100, 64, 8);
        List<Sequence> three = choices(3, 10);
        three.forEach(scheduler::add);

        Scheduler.Step first = run(scheduler);
        Scheduler.Step second = run(scheduler);

        assertThat(first.admitted()).containsExactlyElementsOf(three);
        assertThat(first.rows()).containsExactly(new Scheduler.Rows(three.getFirst(), 0, 10));
        assertThat(second.shared())
                .containsExactly(
                        new Scheduler.Share(three.get(0), three.get(1), 9),
                        new Scheduler.Share(three.get(0), three.get(2), 9));
        assertThat(second.rows())
                .containsExactly(
                        new Scheduler.Rows(three.get(0), 10, 1),
                        new Scheduler.Rows(three.get(1), 9, 1),
                        new Scheduler.Rows(three.get(2), 9, 1));
        assertThat(scheduler.kvUsed()).isEqualTo(9 + 2 + 1 + 1);
    }

    @Test
    void theOthersWaitUntilALongPromptIsComputed() {
        Scheduler scheduler = new Scheduler(2, 100, 4, 4);
        List<Sequence> two = choices(2, 10);
        two.forEach(scheduler::add);

        for (int step = 0; step < 3; step++) {
            assertThat(run(scheduler).rows()).allMatch(rows -> rows.sequence() == two.getFirst());
        }
        assertThat(run(scheduler).shared()).hasSize(1);
    }

    @Test
    void theyShareWhatIsLeftWhenTheFirstHasEnded() {
        Scheduler scheduler = new Scheduler(2, 100, 64, 8);
        List<Sequence> three = choices(3, 10);
        three.forEach(scheduler::add);
        run(scheduler);
        run(scheduler);
        scheduler.remove(three.getFirst());

        Scheduler.Step next = run(scheduler);

        assertThat(next.shared()).containsExactly(new Scheduler.Share(three.get(1), three.get(2), 9));
        assertThat(scheduler.kvUsed()).isEqualTo(9 + 2 + 1);
    }

    @Test
    void oneWhoseSiblingsHaveAllGoneComputesThePromptItself() {
        Scheduler scheduler = new Scheduler(1, 100, 64, 8);
        List<Sequence> two = choices(2, 10);
        two.forEach(scheduler::add);
        run(scheduler);
        scheduler.remove(two.getFirst());

        assertThat(run(scheduler).rows()).containsExactly(new Scheduler.Rows(two.getLast(), 0, 10));
    }

    @Test
    void moreChoicesThanWouldFitApartRunTogether() {
        Scheduler scheduler = new Scheduler(8, 200, 200, 100);
        List<Sequence> eight = choices(8, 101);
        eight.forEach(scheduler::add);
        run(scheduler);
        run(scheduler);

        assertThat(run(scheduler).rows()).hasSize(8);
        assertThat(scheduler.kvUsed()).isLessThanOrEqualTo(200);
    }

    @Test
    void oneThatIsHeldGetsNoRowsAndMayLoseItsCache() {
        Scheduler scheduler = new Scheduler(2, 30, 64, 8);
        List<Sequence> two = choices(2, 10);
        two.forEach(scheduler::add);
        run(scheduler);
        run(scheduler);
        two.getLast().hold(true);

        boolean evicted = false;
        for (int step = 0; step < 19; step++) {
            Scheduler.Step now = run(scheduler);
            assertThat(now.rows()).extracting(Scheduler.Rows::sequence).containsExactly(two.getFirst());
            evicted |= now.evicted().contains(two.getLast());
        }
        assertThat(evicted).isTrue();
        assertThat(scheduler.kvUsed()).isEqualTo(30);
    }
}
