package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.BundledModel.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where an answer ends that does not end itself. */
class LlamaBoundsTest {

    private static final int END_OF_SENTENCE = 506;
    private static LlamaEngine engine;

    @BeforeAll
    static void open() throws Exception {
        engine = BundledModel.open(step -> {});
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void endsAtTheRequestsOwnBound() throws Exception {
        End end = run(engine, Ask.sum(123, 456).max(7)).awaitEnd();
        assertThat(end.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(end.usage()).isEqualTo(new Usage(16, end.usage().cached(), 7, 7));
    }

    @Test
    void endsWhenTheContextIsFull() throws Exception {
        End end = run(engine, Ask.sum(123, 456).biased(Map.of(END_OF_SENTENCE, -100f)))
                .awaitEnd();
        assertThat(end.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(end.usage().prompt() + end.usage().completion()).isEqualTo(256);
    }

    @Test
    void pausesAtTheCapAndGoesOnWhenItIsRaised() throws Exception {
        Collected answer = new Collected();
        Generation generation = engine.submit(Ask.sum(123, 456).cap(3).request(), answer);
        awaitTokens(answer, 3);
        assertThat(generation.cap(2, false)).isEqualTo(3);
        assertThat(generation.cap(1_000, false)).isEqualTo(1_000);
        assertThat(answer.awaitEnd().reason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.content()).contains("579");
    }

    @Test
    void endsAtAPauseThatIsTooLong() throws Exception {
        End end = run(engine, Ask.sum(123, 456).cap(3)).awaitEnd();
        assertThat(end.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(end.usage().completion()).isEqualTo(3);
    }

    @Test
    void endsAtOnceAtALastCap() throws Exception {
        Collected answer = new Collected();
        Generation generation = engine.submit(Ask.sum(123, 456).cap(3).request(), answer);
        awaitTokens(answer, 3);
        generation.cap(8, true);
        assertThat(answer.awaitEnd().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(answer.ids()).hasSize(8);
    }

    private static void awaitTokens(Collected answer, int tokens) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (answer.ids().size() < tokens) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void failsWhatIsNotCompleteAtItsDeadline() throws Exception {
        Collected late = new Collected();
        engine.submit(Ask.sum(123, 456).request().by(until(Instant.now().minusSeconds(1))), late);
        assertThat(late.awaitFault().code()).isEqualTo("deadline_exceeded");

        Collected paused = new Collected();
        engine.submit(Ask.sum(123, 456).cap(1).request().by(until(Instant.now().plusSeconds(1))), paused);
        assertThat(paused.awaitFault().code()).isEqualTo("deadline_exceeded");
        assertThat(paused.ids()).hasSizeLessThanOrEqualTo(1);
    }

    private static Caller until(Instant deadline) {
        return new Caller("", 1, Priority.INTERACTIVE, Optional.of(deadline), "");
    }

    @Test
    void endsBeforeAStopTextAndShowsNothingOfIt() throws Exception {
        Collected answer = run(engine, Ask.sum(123, 456).stop("79"));
        assertThat(answer.content()).isEqualTo("5");
        assertThat(answer.awaitEnd().reason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.ids()).hasSize(answer.awaitEnd().usage().completion());
    }

    @Test
    void showsTextThatOnlyLookedLikeAStop() throws Exception {
        Collected answer = run(engine, Ask.sum(123, 456).stop("5780", "9!"));
        assertThat(answer.content()).isEqualTo("579");
    }
}
