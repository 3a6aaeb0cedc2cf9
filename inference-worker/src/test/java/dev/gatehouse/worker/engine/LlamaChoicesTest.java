package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.BundledModel.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several answers to one request. */
class LlamaChoicesTest {

    @TempDir
    private static Path directory;

    private static LlamaEngine engine;

    @BeforeAll
    static void open() throws Exception {
        engine = RandomMoe.open(directory);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Ask hello() {
        return Ask.user("Hello!").drawn(1, 42).max(30);
    }

    @Test
    void eachChoiceIsTheAnswerOfItsOwnSeed() throws Exception {
        Collected three = run(engine, hello().choices(3));

        for (int choice = 0; choice < 3; choice++) {
            Collected alone = run(engine, hello().drawn(1, 42 + choice));
            assertThat(three.choice(choice).ids()).isEqualTo(alone.ids());
            assertThat(three.choice(choice).content()).isEqualTo(alone.content());
            assertThat(three.reasons().get(choice)).isEqualTo(alone.awaitEnd().reason());
        }
    }

    @Test
    void thePromptCountsOnceAndAllCompletionsCount() throws Exception {
        Collected three = run(engine, hello().choices(3));
        Usage alone = run(engine, hello()).awaitEnd().usage();
        Usage usage = three.awaitEnd().usage();

        assertThat(usage.prompt()).isEqualTo(alone.prompt());
        assertThat(usage.completion()).isEqualTo(three.ids().size());
        assertThat(three.chunks().getLast().at()).isEqualTo(usage.completion());
        assertThat(three.chunks()).extracting(Chunk::at).isSorted();
        assertThat(three.reasons()).hasSize(3);
    }

    @Test
    void greedyChoicesAreAllTheSame() throws Exception {
        Collected four = run(engine, Ask.user("Hello!").drawn(0, 1).max(20).choices(4));

        assertThat(IntStream.range(0, 4).mapToObj(choice -> four.choice(choice).ids()))
                .hasSize(4)
                .containsOnly(four.choice(0).ids());
    }

    @Test
    void theBoundOfTokensHoldsForEachChoice() throws Exception {
        Collected answer = run(engine, endless().max(7).choices(3));

        assertThat(answer.reasons())
                .isEqualTo(Map.of(0, FinishReason.LENGTH, 1, FinishReason.LENGTH, 2, FinishReason.LENGTH));
        assertThat(answer.awaitEnd().usage().completion()).isEqualTo(21);
    }

    /** The end token, which is 1, never comes. */
    private static Ask endless() {
        return hello().biased(Map.of(1, -100f));
    }

    @Test
    void theCapHoldsOverAllChoicesToTheToken() throws Exception {
        for (int cap : List.of(1, 2, 10)) {
            Collected answer = new Collected();
            Generation generation =
                    engine.submit(endless().max(100).choices(3).cap(cap).request(), answer);
            generation.cap(cap, true);

            assertThat(answer.awaitEnd().usage().completion()).isEqualTo(cap);
            assertThat(answer.reasons()).hasSize(3).containsValue(FinishReason.LENGTH);
        }
    }

    @Test
    void aRaisedCapLetsAllGoOn() throws Exception {
        Collected answer = new Collected();
        Generation generation =
                engine.submit(endless().max(10).choices(3).cap(2).request(), answer);
        answer.awaitFirst();
        generation.cap(1000, false);

        assertThat(answer.awaitEnd().usage().completion()).isEqualTo(30);
    }

    @Test
    void aCancelEndsAllOfThem() throws Exception {
        List<Generation> generation = new ArrayList<>();
        Collected answer = new Collected();
        generation.add(engine.submit(endless().max(2000).choices(3).cap(50).request(), answer));
        answer.awaitFirst();

        assertThat(generation.getFirst().cancel().join().reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(answer.reasons()).isEmpty();
        assertThat(engine.load().running()).isZero();
    }

    @Test
    void eightChoicesOfALongPromptRunTogether() throws Exception {
        Collected answer =
                run(engine, Ask.user("word ".repeat(700)).drawn(1, 1).max(20).choices(8));

        assertThat(answer.reasons()).hasSize(8);
        assertThat(answer.awaitEnd().meters().stepRows()).isGreaterThan(2);
    }

    @Test
    void moreThanThereIsRoomForAreRefused() {
        assertThatThrownBy(() -> engine.submit(hello().choices(17).request(), new Collected()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("16")
                .extracting(refused -> ((RefusedException) refused).param())
                .isEqualTo("n");
    }
}
