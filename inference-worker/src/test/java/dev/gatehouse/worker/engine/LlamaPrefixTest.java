package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.BundledModel.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prefix cache with real models: the same answers, and exact counts of what was not computed again. */
class LlamaPrefixTest {

    /** The end token of the generated model, which must not come. */
    private static final Map<Integer, Float> ENDLESS = Map.of(1, -100f);

    @TempDir
    private static Path directory;

    private final CountDownLatch allThere = new CountDownLatch(1);
    private IntConsumer atStep = step -> {};
    private int steps;
    private int promptRows;
    private LlamaEngine engine;

    @BeforeEach
    void open() throws Exception {
        Path file = RandomMoe.write(directory);
        engine = LlamaEngine.open(BundledModel.options(file, 8, 8), done -> true, this::watch);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void watch(Step step) {
        await(allThere);
        atStep.accept(++steps);
        promptRows += step.shape().prompt();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Ask words(int count, String last) {
        return Ask.user("word ".repeat(count) + last)
                .drawn(0, 1)
                .biased(ENDLESS)
                .max(20);
    }

    @Test
    void aGreedyAnswerIsTheSameWithAndWithoutTheCache() throws Exception {
        allThere.countDown();
        Collected cold = run(engine, words(300, "one"));
        run(engine, words(300, "two"));
        Collected warm = run(engine, words(300, "one"));
        Usage usage = warm.awaitEnd().usage();

        assertThat(warm.ids()).isEqualTo(cold.ids());
        assertThat(cold.awaitEnd().usage().cached()).isZero();
        assertThat(usage.cached()).isEqualTo(usage.prompt() - 1);
    }

    @Test
    void theBundledModelStillAddsWhenItsPromptIsCached() throws Exception {
        try (LlamaEngine bundled = BundledModel.open(step -> {})) {
            Collected cold = run(bundled, Ask.sum(123, 456));
            run(bundled, Ask.sum(123, 321));
            Collected warm = run(bundled, Ask.sum(123, 456));

            assertThat(warm.content()).contains("579").isEqualTo(cold.content());
            assertThat(warm.awaitEnd().usage().cached()).isEqualTo(15);
        }
    }

    @Test
    void requestsThatComeTogetherComputeTheirBeginningOnce() throws Exception {
        List<Collected> answers =
                IntStream.range(0, 8).mapToObj(i -> new Collected()).toList();
        for (int i = 0; i < 8; i++) {
            engine.submit(words(300, "question " + i).request(), answers.get(i));
        }
        allThere.countDown();
        List<Usage> usages =
                answers.stream().map(answer -> answer.awaitEnd().usage()).toList();

        int computed = usages.stream()
                .mapToInt(usage -> usage.prompt() - usage.cached())
                .sum();
        assertThat(promptRows).isBetween(computed - 8, computed);
        assertThat(usages.stream().filter(usage -> usage.cached() > 300)).hasSize(7);
    }

    @Test
    void theAnswerIsCachedForTheNextTurn() throws Exception {
        allThere.countDown();
        Ask first = Ask.body("""
                {"messages":[{"role":"user","content":"Hello!"}],"chat_template_kwargs":{"enable_thinking":false}}""").drawn(0, 1).biased(ENDLESS).max(12);
        Collected answer = run(engine, first);
        Usage usage = answer.awaitEnd().usage();

        assertThat(engine.load().kvUsed()).isZero();
        assertThat(usage.cached()).isZero();
        Usage again = run(engine, first.max(13)).awaitEnd().usage();
        assertThat(again.cached()).isEqualTo(usage.prompt() - 1);
    }

    @Test
    void aTenantWithASaltOfItsOwnFindsNothingOfOthers() throws Exception {
        allThere.countDown();
        Caller own = new Caller("t", 1, Priority.INTERACTIVE, Optional.empty(), "salt");
        run(engine, words(100, "x"));
        Collected salted = new Collected();
        engine.submit(words(100, "x").request().by(own), salted);
        assertThat(salted.awaitEnd().usage().cached()).isZero();
        Collected again = new Collected();
        engine.submit(words(100, "x").request().by(own), again);
        assertThat(again.awaitEnd().usage().cached()).isPositive();
    }

    /** Cancelled before its second step. */
    @Test
    void aRequestThatIsCancelledInItsPromptLeavesWhatItComputed() throws Exception {
        CompletableFuture<Generation> generation = new CompletableFuture<>();
        atStep = step -> {
            if (step == 2) {
                generation.join().cancel();
            }
        };
        Collected cancelled = new Collected();
        generation.complete(engine.submit(words(1_500, "x").request(), cancelled));
        allThere.countDown();

        assertThat(cancelled.awaitEnd().usage().completion()).isZero();
        int computed = promptRows;
        Usage usage = run(engine, words(1_500, "x")).awaitEnd().usage();
        assertThat(computed).isPositive();
        assertThat(usage.cached()).isEqualTo(computed);
    }
}
