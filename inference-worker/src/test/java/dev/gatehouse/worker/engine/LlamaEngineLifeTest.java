package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines of their own: opening, closing, a small cache. */
class LlamaEngineLifeTest {

    @TempDir
    private Path directory;

    private static LlamaOptions options(Path model, int slots, int kvTokens) {
        return new LlamaOptions(
                Path.of("target/native/lib"), model, Optional.empty(), 1, slots, 16, OptionalInt.of(kvTokens));
    }

    @Test
    void tellsTheProgressOfLoading() throws Exception {
        List<Double> seen = new ArrayList<>();
        LlamaEngine.open(options(BundledModel.FILE, 1, 256), seen::add).close();
        assertThat(seen).isSorted().last().isEqualTo(1.0);
    }

    @Test
    void endsLoadingWhenTold() {
        assertThatThrownBy(() -> LlamaEngine.open(options(BundledModel.FILE, 1, 256), done -> false))
                .isInstanceOf(EngineStartException.class)
                .hasMessageContaining("loading was ended");
    }

    @Test
    void closingEndsWhatRunsWithAFault() throws Exception {
        LlamaEngine engine = LlamaEngine.open(options(BundledModel.FILE, 1, 256), done -> true);
        Collected running = new Collected();
        Collected waiting = new Collected();
        engine.submit(Ask.sum(123, 456).cap(1).request(), running);
        engine.submit(Ask.sum(123, 456).request(), waiting);
        running.awaitFirst();

        engine.close();

        assertThat(running.awaitFault().code()).isEqualTo("engine_closed");
        assertThat(waiting.awaitFault().code()).isEqualTo("engine_closed");
        assertThatThrownBy(() -> engine.submit(Ask.sum(1, 2).request(), new Collected()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endedSaysWhenTheEngineIsClosed() throws Exception {
        LlamaEngine engine = LlamaEngine.open(options(BundledModel.FILE, 1, 256), done -> true);
        assertThat(engine.ended()).isNotDone();
        engine.close();
        assertThat(engine.ended()).isCompleted();
    }

    @Test
    void endedSaysWhenTheEngineCanNotGoOn() throws Exception {
        Consumer<Step> broken = step -> {
            throw new AssertionError("no step works");
        };
        try (LlamaEngine engine = LlamaEngine.open(options(BundledModel.FILE, 1, 256), done -> true, broken)) {
            Collected running = new Collected();
            engine.submit(Ask.sum(1, 2).request(), running);

            assertThat(running.awaitFault().code()).isEqualTo("engine_failed");
            assertThat(engine.ended())
                    .failsWithin(30, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withMessageContaining("no step works");
            assertThatThrownBy(() -> engine.submit(Ask.sum(1, 2).request(), new Collected()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** After short answers, which the engine expects to go on. */
    @Test
    void answersAreRightAlsoWhenTheCacheIsTooSmallForAllAtOnce() throws Exception {
        AtomicInteger evictions = new AtomicInteger();
        CountDownLatch allThere = new CountDownLatch(1);
        AtomicInteger taught = new AtomicInteger();
        Consumer<Step> watcher = step -> {
            if (taught.get() == 50) {
                await(allThere);
            }
            evictions.addAndGet(step.preempted().size());
        };
        LlamaOptions small = options(BundledModel.FILE, 16, 256);
        try (LlamaEngine engine = LlamaEngine.open(small, done -> true, watcher)) {
            while (taught.get() < 50) {
                BundledModel.run(engine, Ask.sum(1, 1).max(1));
                taught.incrementAndGet();
            }
            List<Collected> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Collected answer = new Collected();
                engine.submit(Ask.sum(231 + i, 321).request(), answer);
                answers.add(answer);
            }
            allThere.countDown();
            for (int i = 0; i < 12; i++) {
                assertThat(answers.get(i).awaitEnd().reason()).isEqualTo(FinishReason.STOP);
                assertThat(answers.get(i).content()).contains(String.valueOf(552 + i));
            }
            assertThat(engine.load())
                    .extracting(Load::running, Load::waiting, Load::kvUsed)
                    .containsExactly(0, 0, 0);
        }
        assertThat(evictions).hasPositiveValue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theContextIsNoLongerThanTheCache() throws Exception {
        Path model = Files.write(
                directory.resolve("long-q8_0.gguf"),
                new EditableGguf(BundledModel.FILE)
                        .number("deepseek2.context_length", 4096)
                        .bytes());
        try (LlamaEngine engine = LlamaEngine.open(options(model, 2, 512), done -> true)) {
            assertThat(engine.model().context()).isEqualTo(512);
            assertThat(engine.model().id()).isEqualTo("long");
        }
    }
}
