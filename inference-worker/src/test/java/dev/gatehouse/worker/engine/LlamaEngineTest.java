package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The engine on the bundled model. */
class LlamaEngineTest {

    static final Path MODEL = Path.of("models/tiny-moe-q8_0.gguf");
    private static final int THINK_END = 511;
    private static final int END_OF_SENTENCE = 506;

    static LlamaOptions options(Path model, int slots, int queue) {
        Path natives = Path.of("target/native/lib");
        return new LlamaOptions(natives, model, Optional.empty(), 1, slots, queue, OptionalInt.empty());
    }

    private static final Steps STEPS = new Steps();
    private static LlamaEngine engine;

    /** Divided by a low temperature, so low a bias is minus infinity: no token has a chance. */
    private static final Map<Integer, Float> ALL_BANNED = IntStream.range(0, 512)
            .boxed()
            .collect(Collectors.toUnmodifiableMap(token -> token, token -> -Float.MAX_VALUE));

    /** Sees the steps, and can hold the engine before the next one. */
    private static final class Steps implements Consumer<Scheduler.Step> {

        private final Semaphore gate = new Semaphore(1);
        private final Semaphore atGate = new Semaphore(0);
        private final List<Integer> rows = new ArrayList<>();

        @Override
        public void accept(Scheduler.Step step) {
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
        engine = LlamaEngine.open(options(MODEL, 4, 4), done -> true, STEPS);
    }

    @Test
    void quotesThePromptThatAnAnswerReports() throws Exception {
        Ask ask = Ask.sum(123, 456);

        assertThat(engine.promptTokens(ask.request()))
                .isEqualTo(run(ask).awaitEnd().usage().prompt());
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Collected run(Ask ask) throws RefusedException {
        Collected output = new Collected();
        engine.submit(ask.request(), output);
        output.awaitEnd();
        return output;
    }

    @Test
    void describesTheModel() {
        Model model = engine.model();
        assertThat(model.id()).isEqualTo("tiny-moe");
        assertThat(model.engine()).isEqualTo("llama");
        assertThat(model.context()).isEqualTo(256);
        assertThat(model.vocab()).isEqualTo(512);
        assertThat(model.kvTokens()).isEqualTo(1024);
        assertThat(model.sha256()).isEqualTo(ModelFile.digest(MODEL).join());
    }

    @Test
    void addsAndKeepsTheThinkingApart() throws Exception {
        Collected answer = run(Ask.sum(123, 456));
        assertThat(answer.content()).contains("579").doesNotContain("think>");
        assertThat(answer.reasoning()).isNotBlank().doesNotContain("think>");
        assertThat(answer.awaitEnd().reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void countsEveryToken() throws Exception {
        Collected answer = run(Ask.sum(123, 456));
        Usage usage = answer.awaitEnd().usage();
        List<Integer> ids = answer.ids();

        assertThat(usage.completion()).isEqualTo(ids.size());
        assertThat(ids.getLast()).isEqualTo(END_OF_SENTENCE);
        assertThat(usage.reasoning()).isEqualTo(ids.indexOf(THINK_END) + 1);
        assertThat(usage.prompt()).isEqualTo(16); // <bos> <User> What is 123 + 456? <Assistant> <think>
        assertThat(usage.cached()).isZero();
        long at = 0;
        for (Chunk chunk : answer.chunks()) {
            at += chunk.ids().length;
            assertThat(chunk.at()).isEqualTo(at);
        }
    }

    @Test
    void saysTheSameAgainWhenGreedy() throws Exception {
        List<Integer> first = run(Ask.user("Which is larger, 512 or 498?")).ids();
        assertThat(run(Ask.user("Which is larger, 512 or 498?")).ids()).isEqualTo(first);
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
    void metersAloneShowOneRowAStep() throws Exception {
        Meters meters = run(Ask.sum(1, 2)).awaitEnd().meters();
        assertThat(meters.stepRows()).isEqualTo(1);
        assertThat(meters.queueMs()).isNotNegative();
        assertThat(meters.prefillMs()).isPositive();
        assertThat(meters.decodeMs()).isPositive();
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
    void endsAtTheRequestsOwnBound() throws Exception {
        End end = run(Ask.sum(123, 456).max(7)).awaitEnd();
        assertThat(end.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(end.usage()).isEqualTo(new Usage(16, 0, 7, 7));
    }

    @Test
    void endsWhenTheContextIsFull() throws Exception {
        End end = run(Ask.sum(123, 456).biased(Map.of(END_OF_SENTENCE, -100f))).awaitEnd();
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
        End end = run(Ask.sum(123, 456).cap(3)).awaitEnd();
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
    void endsBeforeAStopTextAndShowsNothingOfIt() throws Exception {
        Collected answer = run(Ask.sum(123, 456).stop("79"));
        assertThat(answer.content()).isEqualTo("5");
        assertThat(answer.awaitEnd().reason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.ids()).hasSize(answer.awaitEnd().usage().completion());
    }

    @Test
    void showsTextThatOnlyLookedLikeAStop() throws Exception {
        Collected answer = run(Ask.sum(123, 456).stop("5780", "9!"));
        assertThat(answer.content()).isEqualTo("579");
    }

    @Test
    void neverSplitsACharacter() throws Exception {
        Collected answer = run(json("{\"enum\":[\"Größe 🙂 €\"]}"));
        assertThat(answer.content()).contains("Größe 🙂 €");
        assertThat(answer.chunks()).allSatisfy(chunk -> {
            assertThat(chunk.content()).doesNotContain("\uFFFD");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(chunk.content()))
                    .isTrue();
        });
        Chunk smile = answer.chunks().stream()
                .filter(chunk -> chunk.content().contains("🙂"))
                .findFirst()
                .orElseThrow();
        assertThat(smile.ids()).hasSize(4);
    }

    private static Ask json(String schema) {
        return Ask.body("""
                {"messages":[{"role":"user","content":"What is 123 + 456?"}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":%s}}}""".formatted(schema));
    }

    @Test
    void holdsToAJsonSchema() throws Exception {
        Collected answer = run(json("""
                {"type":"object","properties":{"sum":{"type":"integer"}},"required":["sum"],"additionalProperties":false}"""));
        assertThat(answer.content()).matches("(?s)\\{\\s*\"sum\"\\s*:\\s*-?\\d+\\s*}\\s*");
    }

    @Test
    void switchesThinkingOffWhenTheTemplateIsTold() throws Exception {
        Collected answer = run(Ask.body("""
                {"messages":[{"role":"user","content":"Hello!"}],"chat_template_kwargs":{"enable_thinking":false}}"""));
        assertThat(answer.reasoning()).isEmpty();
        assertThat(answer.awaitEnd().usage().reasoning()).isZero();
        assertThat(answer.content()).isNotBlank();
    }

    @Test
    void reportsLogProbabilities() throws Exception {
        Collected answer = run(Ask.sum(123, 456).logprobs(5));
        List<TokenLogprob> logprobs = answer.logprobs();
        String text = answer.reasoning() + answer.content();

        assertThat(logprobs).hasSize(text.length());
        for (int i = 0; i < logprobs.size(); i++) {
            TokenLogprob token = logprobs.get(i);
            assertThat(new String(token.bytes(), StandardCharsets.UTF_8)).isEqualTo(text.substring(i, i + 1));
            assertThat(token.logprob()).isLessThanOrEqualTo(0);
            assertThat(token.top()).hasSize(5);
            assertThat(token.top().stream()
                            .mapToDouble(top -> Math.exp(top.logprob()))
                            .sum())
                    .isLessThanOrEqualTo(1 + 1e-5);
            assertThat(token.top()).isSortedAccordingTo((a, b) -> Double.compare(b.logprob(), a.logprob()));
            assertThat(token.top().getFirst().bytes()).isEqualTo(token.bytes());
            assertThat(token.top().getFirst().logprob()).isCloseTo(token.logprob(), within(1e-6));
        }
    }

    @Test
    void reportsTheTokensOwnProbabilityWithoutAlternatives() throws Exception {
        assertThat(run(Ask.sum(1, 2).logprobs(0)).logprobs())
                .isNotEmpty()
                .allMatch(token -> token.top().isEmpty() && token.logprob() <= 0);
    }

    @Test
    void forcesATokenByItsBias() throws Exception {
        Collected answer = run(Ask.sum(123, 456).biased(Map.of(20, 100f)).max(5));
        assertThat(answer.ids()).containsExactly(20, 20, 20, 20, 20);
    }

    @Test
    void bansATokenByItsBias() throws Exception {
        int first = run(Ask.sum(123, 456)).ids().getFirst();
        assertThat(run(Ask.sum(123, 456).biased(Map.of(first, -100f))).ids()).doesNotContain(first);
    }

    @Test
    void drawsTheSameFromTheSameSeedAndElseNot() throws Exception {
        List<List<Integer>> drawn = new ArrayList<>();
        for (long seed = 1; seed <= 8; seed++) {
            drawn.add(run(Ask.user("Hello!").drawn(2, seed).max(30)).ids());
        }
        assertThat(run(Ask.user("Hello!").drawn(2, 1).max(30)).ids()).isEqualTo(drawn.getFirst());
        assertThat(drawn).doesNotHaveDuplicates();
    }

    @Test
    void penaltiesBreakRepetition() throws Exception {
        Ask forced = Ask.sum(123, 456).biased(Map.of(20, 60f, 21, 45f)).max(30);
        assertThat(run(forced).ids()).containsOnly(20);
        assertThat(run(forced.penalised(0, 2, 1)).ids()).contains(20, 21);
        assertThat(run(forced.penalised(0, 0, 3)).ids()).contains(20, 21);
    }

    @Test
    void aPresencePenaltyTipsAClosePair() throws Exception {
        boolean tipped = false;
        for (float close = 45; close < 70 && !tipped; close++) {
            Ask forced = Ask.sum(123, 456).biased(Map.of(20, 60f, 21, close)).max(2);
            tipped = run(forced).ids().equals(List.of(20, 20))
                    && run(forced.penalised(2, 0, 1)).ids().equals(List.of(20, 21));
        }
        assertThat(tipped).isTrue();
    }

    @Test
    void refusesAPromptThatDoesNotFitWithBothNumbers() {
        Ask tooLong = Ask.user("12345 ".repeat(60));
        assertThatThrownBy(() -> engine.submit(tooLong.request(), new Collected()))
                .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
                .satisfies(refused -> {
                    assertThat(refused.kind()).isEqualTo(RefusedException.Kind.CALLER);
                    assertThat(refused.code()).isEqualTo("context_length_exceeded");
                    assertThat(refused)
                            .hasMessageContaining("256 tokens")
                            .hasMessageMatching(".*prompt has [3-9]\\d\\d.*");
                });
    }

    @Test
    void refusesATextOfMoreBytesThanTheContextsTokensHaveBeforeItIsTokenised() {
        for (String piece : List.of("a", " ", "漢")) {
            Ask tooLong = Ask.user(piece.repeat(100_000));
            assertThatThrownBy(() -> engine.submit(tooLong.request(), new Collected()))
                    .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
                    .satisfies(refused -> {
                        assertThat(refused.code()).isEqualTo("context_length_exceeded");
                        assertThat(refused).hasMessageMatching(".*256 tokens.*has [1-3]00\\d\\d\\d bytes.*");
                    });
        }
    }

    @Test
    void aSamplerThatFailsEndsOnlyItsOwnGeneration() throws Exception {
        STEPS.hold();
        Collected broken = new Collected();
        Collected sound = new Collected();
        try {
            engine.submit(
                    json("{\"enum\":[\"x\"]}").drawn(0.01, 1).biased(ALL_BANNED).request(), broken);
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
    void refusesWhatItCanNotDoInWords() {
        refused(Ask.sum(1, 2).max(0), "max_tokens");
        refused(Ask.sum(1, 2).cap(0), "cap");
        refused(Ask.sum(1, 2).biased(Map.of(512, 1f)), "0 to 511");
        refused(Ask.body("{\"messages\":[]}"), "messages must not be empty");
        refused(
                Ask.body(
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}]}"),
                "image_url");
        refused(Ask.body("""
                {"messages":[{"role":"user","content":"x"}],"tool_choice":"required",
                 "tools":[{"type":"function","function":{"name":"add","parameters":{}}}]}"""), "tool_choice");
        refused(
                Ask.body(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"response_format\":{\"type\":\"poem\"}}"),
                "response_format");
    }

    private static void refused(Ask ask, String word) {
        assertThatThrownBy(() -> engine.submit(ask.request(), new Collected()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(word)
                .extracting(e -> ((RefusedException) e).kind())
                .isEqualTo(RefusedException.Kind.CALLER);
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
                    .isInstanceOf(RefusedException.class)
                    .extracting(e -> ((RefusedException) e).kind())
                    .isEqualTo(RefusedException.Kind.BUSY);
        } finally {
            STEPS.go();
        }
        answers.forEach(Collected::awaitEnd);
        assertThat(run(Ask.sum(2, 2)).content()).contains("4");
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
}
