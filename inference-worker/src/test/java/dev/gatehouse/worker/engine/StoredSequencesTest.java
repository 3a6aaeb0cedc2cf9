package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.FakeModel.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.worker.kvstore.BlockKey;
import dev.gatehouse.worker.kvstore.BlockKeys;
import dev.gatehouse.worker.kvstore.BlockOwner;
import dev.gatehouse.worker.kvstore.Fingerprint;
import dev.gatehouse.worker.kvstore.KvStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a scheduler takes from the store in place of computing it. */
class StoredSequencesTest {

    private static final BlockOwner OWNER = Caller.ANYONE.owner();
    private static final int[] PROMPT = tokens(1, 200);
    private static final int BYTES = BlockKeys.TOKENS * Integer.BYTES;
    private static final int ROOM = 10;

    private final KvStore store = KvStore.open(ROOM * BYTES, Optional.empty());

    @AfterEach
    void close() {
        store.close();
    }

    private static List<BlockKey> keys(int[] prompt) {
        return new BlockKeys(Fingerprint.of("fake"), OWNER).of(prompt, prompt.length - 1);
    }

    /** The first three blocks of the prompt. */
    private void storePrompt() {
        for (int block = 0; block < 3; block++) {
            int from = block * BlockKeys.TOKENS;
            store.put(OWNER, keys(PROMPT).get(block), BYTES, into -> {
                for (int token = from; token < from + BlockKeys.TOKENS; token++) {
                    into.putInt(PROMPT[token]);
                }
            });
        }
    }

    private Sequence add(FakeModel model, int[] prompt) {
        Sequence sequence = new Sequence(prompt, Caller.ANYONE, 4);
        StoredPrompt stored = new StoredPrompt(store, OWNER, keys(prompt));
        if (stored.wanted(model.scheduler.match(sequence))) {
            stored.read();
        }
        sequence.stored(stored);
        model.scheduler.add(sequence);
        return sequence;
    }

    /** Whether nobody holds a block any more, so that all of them make room. */
    private boolean allGivenBack() {
        for (int block = 0; block < ROOM; block++) {
            store.put(OWNER, new BlockKey(block, 0, 0, 1), BYTES, into -> {});
        }
        return store.statistics().dropped() == 0;
    }

    @Test
    void whatWasStoredIsNotComputed() {
        storePrompt();
        FakeModel model = new FakeModel(2, 1_000, 512);
        Sequence sequence = add(model, PROMPT);
        model.finish(sequence);
        assertThat(sequence.cached()).isEqualTo(192);
        assertThat(model.cells.computed()).isEqualTo(8 + 3);
        assertThat(allGivenBack()).isTrue();
    }

    @Test
    void theLastTokenOfAPromptIsAlwaysComputed() {
        storePrompt();
        FakeModel model = new FakeModel(2, 1_000, 512);
        Sequence sequence = add(model, tokens(1, 192));
        model.finish(sequence);
        assertThat(sequence.cached()).isEqualTo(128);
    }

    @Test
    void theRestOfABlockFollowsWhatTheContextHasOfIt() {
        storePrompt();
        FakeModel model = new FakeModel(2, 1_000, 512);
        model.finish(model.add(tokens(1, 100)));
        int computed = model.cells.computed();
        Sequence sequence = add(model, PROMPT);
        model.finish(sequence);
        assertThat(sequence.cached()).isEqualTo(192);
        assertThat(model.cells.computed() - computed).isEqualTo(8 + 3);
        assertThat(store.statistics().fromMemory()).isEqualTo(2);
    }

    @Test
    void sequencesWithTheSameBeginningShareWhatOneOfThemHasTaken() {
        storePrompt();
        FakeModel model = new FakeModel(4, 1_000, 512);
        List<Sequence> three = List.of(add(model, PROMPT), add(model, PROMPT), add(model, PROMPT));
        three.forEach(sequence -> model.generate(sequence, 4));
        assertThat(three).allMatch(sequence -> sequence.cached() >= 192);
        assertThat(model.cells.used()).isLessThanOrEqualTo(200 + 3 * 4);
    }

    @Test
    void whatIsIdleMakesRoomForIt() {
        storePrompt();
        FakeModel model = new FakeModel(2, 230, 64);
        model.finish(model.add(tokens(5_000, 100)));
        assertThat(model.scheduler.kvIdle()).isGreaterThan(100);
        Sequence sequence = add(model, PROMPT);
        model.finish(sequence);
        assertThat(sequence.cached()).isEqualTo(192);
        assertThat(allGivenBack()).isTrue();
    }
}
