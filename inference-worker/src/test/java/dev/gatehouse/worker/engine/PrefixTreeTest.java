package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.FakeModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sequences share of the KV cache. */
class PrefixTreeTest {

    private final FakeModel model = new FakeModel(8, 1000, 64);

    private static int[] joined(int[] first, int... then) {
        int[] all = Arrays.copyOf(first, first.length + then.length);
        System.arraycopy(then, 0, all, first.length, then.length);
        return all;
    }

    @Test
    void theNextTurnOfAConversationComputesOnlyWhatIsNew() {
        Sequence first = model.add(tokens(100, 30));
        model.finish(first);
        int[] conversation = first.tokens(0, first.length());
        int before = model.cells.computed();

        Sequence second = model.add(joined(conversation, tokens(500, 10)));
        model.generate(second, 1);

        assertThat(second.cached()).isEqualTo(conversation.length - 1);
        assertThat(model.cells.computed() - before).isEqualTo(1 + 10);
    }

    @Test
    void aPromptThatIsKnownAsAWholeComputesItsLastTokenAgain() {
        model.finish(model.add(tokens(100, 30)));
        Sequence again = model.add(tokens(100, 30));
        model.generate(again, 1);

        assertThat(again.cached()).isEqualTo(29);
    }

    @Test
    void runningSequencesShareWhatTheyBeginWith() {
        Sequence first = model.add(joined(tokens(100, 40), 1, 2));
        model.generate(first, 1);
        Sequence second = model.add(joined(tokens(100, 40), 3, 4));
        model.generate(second, 1);

        assertThat(second.cached()).isEqualTo(40);
        assertThat(model.cells.used()).isEqualTo(40 + 2 + 2 + first.generated() - 1);
    }

    @Test
    void equalBeginningsInFlightAreComputedOnce() {
        List<Sequence> all = IntStream.range(0, 6)
                .mapToObj(i -> model.add(joined(tokens(100, 300), 1000 + i, 2000 + i)))
                .toList();
        all.forEach(sequence -> model.generate(sequence, 1));

        int answers =
                all.stream().mapToInt(sequence -> sequence.generated() - 1).sum();
        assertThat(model.cells.computed()).isEqualTo(300 + 6 * 2 + answers);
        assertThat(all.subList(1, 6)).extracting(Sequence::cached).containsOnly(300);
    }

    @Test
    void theOtherGoesOnWhereACancelledOneWas() {
        Sequence first = model.add(joined(tokens(100, 300), 1));
        Sequence second = model.add(joined(tokens(100, 300), 2));
        model.step();
        assertThat(first.computed()).isEqualTo(64);
        model.scheduler.remove(first);
        model.generate(second, 1);

        assertThat(second.cached()).isEqualTo(64);
        assertThat(model.cells.computed()).isEqualTo(301);
    }

    @Test
    void oneThatIsCancelledInItsPromptLeavesWhatItComputed() {
        Sequence cancelled = model.add(tokens(100, 300));
        model.step();
        model.scheduler.remove(cancelled);
        Sequence again = model.add(tokens(100, 300));
        model.generate(again, 1);

        assertThat(again.cached()).isEqualTo(64);
    }

    @Test
    void oneThatMayNotGoOnDoesNotHoldUpOthersOfTheSameBeginning() {
        Sequence held = model.add(tokens(100, 100));
        model.step();
        held.hold(true);
        Sequence other = model.add(tokens(100, 100));
        model.generate(other, 1);
        held.hold(false);
        model.generate(held, 1);

        assertThat(other.cached()).isEqualTo(64);
        assertThat(model.cells.computed()).isEqualTo(100 + 1 + other.generated() - 1);
    }

    @Test
    void tenantsWithSaltsOfTheirOwnShareNothing() {
        Caller one = new Caller("one", 1, Priority.INTERACTIVE, Optional.empty(), "salt-1");
        Caller two = new Caller("two", 1, Priority.INTERACTIVE, Optional.empty(), "salt-2");
        model.finish(model.add(tokens(100, 30), one, 3));
        Sequence other = model.add(tokens(100, 30), two, 3);
        Sequence same = model.add(tokens(100, 30), one, 3);
        model.finish(other);
        model.finish(same);

        assertThat(other.cached()).isZero();
        assertThat(same.cached()).isEqualTo(29);
    }

    @Test
    void whatWasNotUsedForLongGoesFirstAndFromItsEnd() {
        model.finish(model.add(tokens(1_000, 400)));
        model.finish(model.add(tokens(2_000, 400)));
        model.finish(model.add(tokens(3_000, 300)));
        Sequence old = model.add(tokens(1_000, 400));
        Sequence young = model.add(tokens(2_000, 400));
        model.generate(young, 1);
        model.generate(old, 1);

        assertThat(young.cached()).isEqualTo(399);
        assertThat(old.cached()).isBetween(1, 398);
    }

    @Test
    void whatNobodyNeedsIsBounded() {
        FakeModel small = new FakeModel(8, 1000, 64, 200, 256);
        for (int i = 0; i < 5; i++) {
            small.finish(small.add(tokens(1_000 * (i + 1), 150)));
            assertThat(small.scheduler.kvIdle()).isLessThanOrEqualTo(200);
        }
        assertThat(small.scheduler.kvUsed()).isZero();
        assertThat(small.cells.used()).isPositive();
    }

    @Test
    void aModelThatCanNotRewindSharesNothing() {
        FakeModel forward = new FakeModel(4, 1000, 64, 500, 4);
        forward.finish(forward.add(tokens(100, 30)));
        Sequence again = forward.add(tokens(100, 30));
        forward.finish(again);

        assertThat(again.cached()).isZero();
        assertThat(forward.cells.used()).isZero();
    }

    /** {@link FakeModel} checks each cell after each step. */
    @ParameterizedTest
    @ValueSource(ints = {10, 14, 256})
    void noCellIsLostOrWrongWhateverComesAndGoes(int sequences) {
        Random random = new Random(sequences);
        FakeModel busy = new FakeModel(8, 400, 32, 300, sequences);
        List<Sequence> all = new ArrayList<>();
        for (int round = 0; round < 3_000; round++) {
            if (all.size() < 20 && random.nextInt(3) == 0) {
                int[] prompt = tokens(100 * (1 + random.nextInt(3)), 10 + random.nextInt(60));
                int[] own = random.ints(random.nextInt(30), 0, 3).toArray();
                Priority priority = Priority.values()[random.nextInt(2)];
                all.add(busy.add(joined(prompt, own), FakeModel.caller("t", 1, priority), 1 + random.nextInt(60)));
            }
            busy.step();
            for (Sequence sequence : List.copyOf(all)) {
                sequence.hold(random.nextInt(8) == 0);
                sequence.pause(random.nextInt(12) == 0);
                if (sequence.bound() <= 0 || random.nextInt(60) == 0) {
                    busy.scheduler.remove(sequence);
                    all.remove(sequence);
                }
            }
            all.removeIf(sequence -> sequence.bound() <= 0);
        }
        all.forEach(sequence -> sequence.hold(false));
        all.forEach(sequence -> sequence.pause(false));
        for (int steps = 0; !all.isEmpty(); steps++) {
            assertThat(steps).isLessThan(10_000);
            busy.step();
            all.stream().filter(sequence -> sequence.bound() <= 0).forEach(busy.scheduler::remove);
            all.removeIf(sequence -> sequence.bound() <= 0);
        }
        assertThat(busy.scheduler.kvUsed()).isZero();
        assertThat(busy.scheduler.running() + busy.scheduler.waiting()).isZero();
    }
}
