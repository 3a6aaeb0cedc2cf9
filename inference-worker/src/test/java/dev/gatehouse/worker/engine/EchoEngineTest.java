package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.worker.engine.RefusedException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EchoEngineTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long ENOUGH = 1_000_000;

    private final EchoEngine engine = new EchoEngine(2, 2);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void endedSaysWhenTheEngineIsClosed() {
        EchoEngine own = new EchoEngine(1, 0);
        assertThat(own.ended()).isNotDone();
        own.close();
        assertThat(own.ended()).isCompleted();
    }

    @Test
    void echoesTheLastTextOfAUserWordByWord() throws Exception {
        Recorder recorder = run(" Hello  big\nworld ");

        assertThat(recorder.await().reason()).isEqualTo(FinishReason.STOP);
        assertThat(recorder.contents()).containsExactly(" ", "Hello  ", "big\n", "world ");
        assertThat(recorder.await().usage()).isEqualTo(new Usage(4, 0, 4, 0));
    }

    @Test
    void echoesJsonThatIsNoScript() throws Exception {
        Recorder recorder = run("{\"a\":1}");

        recorder.await();
        assertThat(recorder.content()).isEqualTo("{\"a\":1}");
    }

    @Test
    void playsReasoningThenContentThenTheTool() throws Exception {
        Recorder recorder = run("{'reasoning':'1 2','content':'yes','tool':{'name':'add','arguments':'{\\'a\\': 1}'}}");

        assertThat(recorder.await().reason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(recorder.chunks.stream().map(Chunk::reasoning)).containsExactly("1 ", "2", "", "", "");
        assertThat(recorder.content()).isEqualTo("yes");
        List<ToolCallDelta> calls = recorder.chunks.stream()
                .flatMap(chunk -> chunk.tools().stream())
                .toList();
        assertThat(calls.getFirst()).isEqualTo(new ToolCallDelta(0, "call_1", "add", "{\"a\": "));
        assertThat(calls.getLast()).isEqualTo(new ToolCallDelta(0, "", "", "1}"));
        assertThat(recorder.await().usage().reasoning()).isEqualTo(2);
    }

    @Test
    void callsAToolWithoutArguments() throws Exception {
        Recorder recorder = run("{'tool':{'name':'now'}}");

        recorder.await();
        assertThat(recorder.chunks).hasSize(1);
        assertThat(recorder.chunks.getFirst().tools()).containsExactly(new ToolCallDelta(0, "call_1", "now", ""));
    }

    @Test
    void cutsExactlyWhereTheScriptSays() throws Exception {
        Recorder recorder = run("{'content':'4111111111111111','cut':[1,4,15]}");

        recorder.await();
        assertThat(recorder.contents()).containsExactly("4", "111", "11111111111", "1");
    }

    @Test
    void countsCutsOverAllParts() throws Exception {
        Recorder recorder = run("{'reasoning':'ab','content':'cd','tool':{'name':'f','arguments':'ef'},'cut':[1,3,5]}");

        recorder.await();
        assertThat(recorder.chunks.stream().map(Chunk::reasoning).filter(text -> !text.isEmpty()))
                .containsExactly("a", "b");
        assertThat(recorder.contents().stream().filter(text -> !text.isEmpty())).containsExactly("c", "d");
        assertThat(recorder.arguments()).containsExactly("e", "f");
    }

    /** é has two bytes, 😀 four: 61 c3 a9 f0 9f 98 80 62. */
    @Test
    void neverSplitsACharacterAndBringsItsIdsWithTheFrameThatCompletesIt() throws Exception {
        Recorder recorder = run("{'content':'aé😀b','cut':[2,4,5,6]}");

        recorder.await();
        assertThat(recorder.contents()).containsExactly("a", "é", "😀b");
        assertThat(recorder.chunks.stream().map(chunk -> chunk.ids().length)).containsExactly(1, 1, 3);
        assertThat(recorder.chunks.stream().map(Chunk::at)).containsExactly(1L, 2L, 5L);
        assertThat(recorder.await().usage().completion()).isEqualTo(5);
    }

    @Test
    void cutsInsideTheJsonOfToolArguments() throws Exception {
        Recorder recorder = run("{'tool':{'name':'pay','arguments':'{\\'card\\':\\'4111 1111\\'}'},'cut':[3,12]}");

        recorder.await();
        assertThat(recorder.arguments()).containsExactly("{\"c", "ard\":\"411", "1 1111\"}");
    }

    @Test
    void endsBeforeAStopText() throws Exception {
        GenerationRequest request =
                request("one two END three", OptionalInt.empty(), List.of("nix", "END"), ENOUGH, OptionalInt.empty());
        Recorder recorder = submit(request);

        assertThat(recorder.await().reason()).isEqualTo(FinishReason.STOP);
        assertThat(recorder.content()).isEqualTo("one two ");
    }

    @Test
    void severalChoicesPlayTheSameScriptInTurn() throws Exception {
        GenerationRequest one = request("one two");
        Recorder recorder = submit(new GenerationRequest(
                one.id(), one.chat(), one.sampling(), 2, one.maxTokens(), one.stop(), false, one.cap()));

        assertThat(recorder.await().usage().completion()).isEqualTo(4);
        assertThat(recorder.chunks)
                .extracting(chunk -> chunk.at() + " " + chunk.choice() + " " + chunk.content())
                .containsExactly("1 0 one ", "2 1 one ", "3 0 two", "4 1 two");
        assertThat(recorder.reasons).isEqualTo(Map.of(0, FinishReason.STOP, 1, FinishReason.STOP));
    }

    @Test
    void endsWithLengthAtTheRequestsBound() throws Exception {
        Recorder recorder = submit(request("one two three", OptionalInt.of(2), List.of(), ENOUGH, OptionalInt.empty()));

        assertThat(recorder.await().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(recorder.content()).isEqualTo("one two ");
    }

    @Test
    void stopsByItselfWhenTheBoundIsExactlyTheAnswer() throws Exception {
        Recorder recorder = submit(request("one two", OptionalInt.of(2), List.of(), 2, OptionalInt.empty()));

        assertThat(recorder.await().reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void reportsLogprobsOfContentOnly() throws Exception {
        Recorder recorder = submit(request(
                "{'reasoning':'hm','content':'é','cut':[3]}",
                OptionalInt.empty(),
                List.of(),
                ENOUGH,
                OptionalInt.of(1)));

        recorder.await();
        assertThat(recorder.chunks.getFirst().logprobs()).isEmpty();
        List<TokenLogprob> logprobs = recorder.chunks.getLast().logprobs();
        assertThat(logprobs).hasSize(2).hasSameSizeAs(new int[2]);
        assertThat(logprobs.getFirst().bytes()).containsExactly(0xC3);
        assertThat(logprobs.getFirst().top()).hasSize(1);
    }

    @Test
    void pausesAtItsCapUntilItIsRaised() throws Exception {
        Recorder recorder = new Recorder();
        Generation generation = engine.submit(
                request("one two three", OptionalInt.empty(), List.of(), 1, OptionalInt.empty()), recorder);
        await(() -> recorder.chunks.size() == 1);

        assertThat(generation.cap(2, false)).isEqualTo(2);
        await(() -> recorder.chunks.size() == 2);
        assertThat(recorder.end).isNotDone();
        assertThat(generation.cap(1, false)).isEqualTo(2);
        assertThat(generation.cap(3, false)).isEqualTo(3);

        assertThat(recorder.await().reason()).isEqualTo(FinishReason.STOP);
        assertThat(recorder.content()).isEqualTo("one two three");
    }

    @Test
    void endsWithLengthAtALastCap() throws Exception {
        Recorder recorder = new Recorder();
        Generation generation = engine.submit(
                request("one two three", OptionalInt.empty(), List.of(), 1, OptionalInt.empty()), recorder);

        generation.cap(2, true);

        assertThat(recorder.await().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(recorder.content()).isEqualTo("one two ");
    }

    @Test
    void waitsBeforeTheFirstTokenUntilItIsCancelled() throws Exception {
        Recorder recorder = new Recorder();
        Generation generation = engine.submit(request("{'content':'a','pauseBefore':'first'}"), recorder);
        await(() -> engine.load().running() == 1);

        End end = generation.cancel().get();

        assertThat(end.reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(end.usage()).isEqualTo(new Usage(1, 0, 0, 0));
        assertThat(recorder.chunks).isEmpty();
    }

    @Test
    void waitsBeforeTheUsageUntilItIsCancelled() throws Exception {
        Recorder recorder = new Recorder();
        Generation generation = engine.submit(request("{'content':'a b','pauseBefore':'usage'}"), recorder);
        await(() -> recorder.chunks.size() == 2);

        assertThat(generation.cancel().get().usage().completion()).isEqualTo(2);
    }

    @Test
    void answersTheSameEndHoweverOftenItIsCancelled() throws Exception {
        Recorder recorder = new Recorder();
        Generation generation = engine.submit(request("a b"), recorder);
        End end = recorder.await();

        assertThat(generation.cancel().get()).isEqualTo(end);
        assertThat(generation.cancel().get().reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void queuesWhatItsSlotsCanNotTakeAndRefusesTheRest() throws Exception {
        List<Generation> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            held.add(engine.submit(request("{'content':'a','pauseBefore':'first'}"), new Recorder()));
        }
        await(() -> engine.load().running() == 2 && engine.load().waiting() == 2);

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> engine.submit(request("b"), new Recorder()));

        assertThat(refused.kind()).isEqualTo(Kind.BUSY);
        assertThat(refused.code()).isEqualTo("node_busy");
        held.get(3).cancel().get();
        Recorder next = run("c");
        held.get(0).cancel().get();
        held.get(1).cancel().get();
        assertThat(next.await().reason()).isEqualTo(FinishReason.STOP);
        held.get(2).cancel().get();
    }

    @Test
    void sharesItsSteps() throws Exception {
        Recorder first = run("{'content':'a b c d e f','paceMs':20}");
        Recorder second = run("{'content':'a b c d e f','paceMs':20}");

        assertThat(first.await().meters().stepRows()).isBetween(1.0, 2.0);
        assertThat(second.await().meters().stepRows()).isBetween(1.0, 2.0);
    }

    @Test
    void countsItsLoadAndNothingIsLeftAtTheEnd() throws Exception {
        Recorder recorder = new Recorder();
        Generation generation = engine.submit(request("{'content':'a b c','pauseBefore':'usage'}"), recorder);
        await(() -> engine.load().kvUsed() == 3 + 3);
        assertThat(engine.load().tokensPerSecond()).isPositive();

        generation.cancel().get();

        await(() -> engine.load().kvUsed() == 0 && engine.load().running() == 0);
    }

    @Test
    void refusesAPromptThatFillsTheContext() {
        String words = "a ".repeat(engine.model().context());

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> engine.submit(request(words), new Recorder()));

        assertThat(refused.code()).isEqualTo("context_length_exceeded");
        assertThat(refused.kind()).isEqualTo(Kind.CALLER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'content':5}",
                "{'content':'a','cut':3}",
                "{'content':'a','cut':[0]}",
                "{'content':'a','cut':[2,2]}",
                "{'content':'a','paceMs':-1}",
                "{'content':'a','paceMs':1.5}",
                "{'content':'a','pauseBefore':'never'}",
                "{'tool':'add'}",
                "{'content':'a','pause':'first'}",
            })
    void refusesAScriptThatIsWrong(String script) {
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> engine.submit(request(script), new Recorder()));

        assertThat(refused.code()).isEqualTo("invalid_value");
        assertThat(refused.param()).isEqualTo("messages");
    }

    @Test
    void endsAllWithAFaultWhenItCloses() throws Exception {
        Recorder running = run("{'content':'a b','pauseBefore':'usage'}");
        await(() -> running.chunks.size() == 2);

        engine.close();

        assertThatThrownBy(running::await)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("engine_closed");
        assertThatThrownBy(() -> engine.submit(request("a"), new Recorder())).isInstanceOf(RefusedException.class);
    }

    @Test
    void letsAReceiverThatThrowsHurtNobodyElse() throws Exception {
        Recorder other = run("{'content':'a b c d','paceMs':20}");
        Generation broken = engine.submit(request("a b c"), new Output() {
            @Override
            public void chunk(Chunk chunk) {
                throw new IllegalStateException("a broken receiver");
            }

            @Override
            public void finished(int choice, FinishReason reason, long at) {}

            @Override
            public void end(End end) {}

            @Override
            public void fail(Fault fault, Usage usage, Meters meters) {}
        });

        assertThat(other.await().reason()).isEqualTo(FinishReason.STOP);
        assertThat(broken.cancel().get().reason()).isEqualTo(FinishReason.CANCELLED);
    }

    private Recorder run(String text) throws RefusedException {
        return submit(request(text));
    }

    private Recorder submit(GenerationRequest request) throws RefusedException {
        Recorder recorder = new Recorder();
        assertThat(engine.submit(request, recorder)).isNotNull();
        return recorder;
    }

    private static GenerationRequest request(String text) {
        return request(text, OptionalInt.empty(), List.of(), ENOUGH, OptionalInt.empty());
    }

    private static GenerationRequest request(
            String text, OptionalInt maxTokens, List<String> stop, long cap, OptionalInt logprobs) {
        ObjectNode chat = JSON.createObjectNode();
        chat.putArray("messages").addObject().put("role", "user").put("content", quoted(text));
        Sampling sampling = new Sampling(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Map.of(),
                logprobs);
        return new GenerationRequest(
                "id", chat.toString().getBytes(StandardCharsets.UTF_8), sampling, 1, maxTokens, stop, false, cap);
    }

    /** JSON strings nest: \' is a quote inside a string of the script. */
    private static String quoted(String text) {
        return text.startsWith("{") ? text.replace("\\'", "\\\"").replace('\'', '"') : text;
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}
