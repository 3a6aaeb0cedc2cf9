package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.BundledModel.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Generations that share the steps, the slots and the queue. */
class LlamaSharingTest {

    private static final Steps STEPS = new Steps();
    private static LlamaEngine engine;

    /** Divided by a low temperature, so low a bias is minus infinity: no token has a chance. */
    private static final Map<Integer, Float> ALL_BANNED = IntStream.range(0, 512)
            .boxed()
            .collect(Collectors.toUnmodifiableMap(token -> token, token -> -Float.MAX_VALUE));

    /** Sees the steps, and can hold the engine before the next one. */
    private static final class Steps implements Consumer<Step> {

        private final Semaphore gate = new Semaphore(1);
        private final Semaphore atGate = new Semaphore(0);
        private final List<Integer> rows = new ArrayList<>();

        @Override
        public void accept(Step step) {
            rows.add(step.rows().size());
            atGate.release();
            gate.acquireUninterruptibly();
            gate.release();
        }

        void hold() {
            gate.acquireUninterruptibly();
            atGate.drainPermits();
        }

        void awaitHeld() throws InterruptedException {
            assertThat(atGate.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        }

        void go() {
            gate.release();
        }
    }

    @BeforeAll
    static void open() throws Exception {
        engine = BundledModel.open(STEPS);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void servesFourInOneStepAndEachGetsItsOwnAnswer() throws Exception {
        STEPS.hold();
        List<Collected> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Collected answer = new Collected();
                engine.submit(Ask.sum(210 + i, 111 * (i + 1)).request(), answer);
                answers.add(answer);
            }
            STEPS.awaitHeld();
        } finally {
            STEPS.go();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(answers.get(i).awaitEnd().meters().stepRows()).isGreaterThan(2);
            assertThat(answers.get(i).content()).contains(String.valueOf(210 + i + 111 * (i + 1)));
        }
        assertThat(STEPS.rows).contains(4);
    }

    @Test
    void runsMoreThanItsSlotsOneAfterTheOther() throws Exception {
        List<Collected> answers =
                IntStream.range(0, 8).mapToObj(i -> new Collected()).toList();
        for (int i = 0; i < 8; i++) {
            engine.submit(Ask.sum(300 + i, 20).request(), answers.get(i));
        }
        for (int i = 0; i < 8; i++) {
            answers.get(i).awaitEnd();
            assertThat(answers.get(i).content()).contains(String.valueOf(320 + i));
        }
    }

    @Test
    void cancelsInTheQueueInPrefillAndWhileDecoding() throws Exception {
        STEPS.hold();
        List<Collected> all = new ArrayList<>();
        List<Generation> generations = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                Collected answer = new Collected();
                generations.add(engine.submit(Ask.sum(100 + i, 200).request(), answer));
                all.add(answer);
            }
            STEPS.awaitHeld();
            generations.get(0).cancel();
            generations.get(5).cancel();
        } finally {
            STEPS.go();
        }
        for (int i : List.of(0, 5)) {
            End end = all.get(i).awaitEnd();
            assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED);
            assertThat(generations.get(i).cancel().get(30, TimeUnit.SECONDS)).isEqualTo(end);
        }
        assertThat(all.get(0).awaitEnd().usage().completion()).isLessThanOrEqualTo(1);
        assertThat(all.get(5).awaitEnd().usage()).isEqualTo(new Usage(16, 0, 0, 0));
        for (int i = 1; i < 5; i++) {
            assertThat(all.get(i).awaitEnd().reason()).isEqualTo(FinishReason.STOP);
        }
        assertThat(engine.load().running()).isZero();
    }

    @Test
    void cancelsWhileDecodingWithWhatWasSaidUntilThen() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        List<Generation> generation = new ArrayList<>();
        Collected answer = new Collected(chunk -> {
            awaitQuietly(submitted);
            if (chunk.at() >= 5) {
                generation.getFirst().cancel();
            }
        });
        generation.add(engine.submit(Ask.sum(123, 456).request(), answer));
        submitted.countDown();

        End end = answer.awaitEnd();

        assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(end.usage().completion()).isEqualTo(5);
        assertThat(answer.ids()).hasSize(5);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesWhenTheQueueIsFullAndAcceptsAgainLater() throws Exception {
        STEPS.hold();
        List<Collected> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Collected answer = new Collected();
                engine.submit(Ask.sum(i, i).request(), answer);
                answers.add(answer);
            }
            STEPS.awaitHeld();
            assertThatThrownBy(() -> engine.submit(Ask.sum(1, 1).request(), new Collected()))
                    .isInstanceOfSatisfying(RefusedException.class, refused -> {
                        assertThat(refused.kind()).isEqualTo(RefusedException.Kind.BUSY);
                        assertThat(refused.retryAfter()).isPositive();
                    });
        } finally {
            STEPS.go();
        }
        answers.forEach(Collected::awaitEnd);
        assertThat(run(engine, Ask.sum(2, 2)).content()).contains("4");
    }

    @Test
    void aSamplerThatFailsEndsOnlyItsOwnGeneration() throws Exception {
        STEPS.hold();
        Collected broken = new Collected();
        Collected sound = new Collected();
        try {
            engine.submit(
                    Ask.schema("{\"enum\":[\"x\"]}")
                            .drawn(0.01, 1)
                            .biased(ALL_BANNED)
                            .request(),
                    broken);
            engine.submit(Ask.sum(123, 456).request(), sound);
            STEPS.awaitHeld();
        } finally {
            STEPS.go();
        }
        assertThat(broken.awaitFault().code()).isEqualTo("engine_failed");
        assertThat(sound.awaitEnd().reason()).isEqualTo(FinishReason.STOP);
        assertThat(sound.content()).contains("579");
    }

    @Test
    void anOutputThatThrowsEndsOnlyItsOwnGeneration() throws Exception {
        STEPS.hold();
        Collected broken = new Collected(chunk -> {
            throw new IllegalStateException("the socket is gone");
        });
        Collected sound = new Collected();
        try {
            engine.submit(Ask.sum(1, 2).request(), broken);
            engine.submit(Ask.sum(123, 456).request(), sound);
            STEPS.awaitHeld();
        } finally {
            STEPS.go();
        }
        assertThat(broken.awaitFault().code()).isEqualTo("engine_failed");
        assertThat(sound.awaitEnd().reason()).isEqualTo(FinishReason.STOP);
        assertThat(sound.content()).contains("579");
    }
}
