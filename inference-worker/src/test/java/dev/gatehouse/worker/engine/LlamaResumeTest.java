package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of the real model, cut after each of their chunks, by an engine that has not seen their beginning. */
class LlamaResumeTest {

    private static LlamaEngine first;
    private static LlamaEngine second;

    @BeforeAll
    static void open() throws Exception {
        first = BundledModel.open(step -> {});
        second = BundledModel.open(step -> {});
    }

    @AfterAll
    static void close() {
        first.close();
        second.close();
    }

    static Stream<Ask> asks() {
        return Stream.of(
                Ask.sum(123, 456),
                Ask.sum(123, 456).stop("9"),
                Ask.sum(123, 456).stop("= 579 is"),
                Ask.sum(123, 456).max(11),
                Ask.sum(123, 456).penalised(0.5, 0.5, 1.2).max(30),
                Ask.schema(
                                "{\"type\":\"object\",\"properties\":{\"sum\":{\"type\":\"integer\"}},\"required\":[\"sum\"],\"additionalProperties\":false}")
                        .max(60));
    }

    @ParameterizedTest
    @MethodSource("asks")
    void anAnswerCutAnywhereGoesOnAsIfItHadNotBeen(Ask ask) throws Exception {
        Collected uncut = BundledModel.run(first, ask);
        List<Chunk> all = uncut.chunks();
        assertThat(all).hasSizeGreaterThan(3);
        for (int cut = 1; cut <= all.size(); cut++) {
            Collected before = part(all.subList(0, cut));
            Collected rest = run(ask, begun(before));
            assertThat(before.reasoning() + rest.reasoning()).isEqualTo(uncut.reasoning());
            assertThat(before.content() + rest.content()).isEqualTo(uncut.content());
            assertThat(Stream.concat(before.ids().stream(), rest.ids().stream()))
                    .containsExactlyElementsOf(uncut.ids());
            assertThat(rest.awaitEnd().reason()).isEqualTo(uncut.awaitEnd().reason());
            assertThat(uncached(rest)).isEqualTo(uncached(uncut));
            assertThat(rest.chunks())
                    .allMatch(chunk -> chunk.at() >= before.ids().size());
        }
    }

    /** What both parts say is what their tokens say: taken as one beginning, they are complete. */
    @Test
    void aDrawnAnswerGoesOnWithoutASeam() throws Exception {
        for (int seed = 1; seed <= 6; seed++) {
            Ask ask = Ask.sum(123, 456).drawn(1.5, seed).max(30);
            List<Chunk> drawn = BundledModel.run(first, ask).chunks();
            List<Chunk> both = new ArrayList<>(drawn.subList(0, 1 + seed % drawn.size()));
            both.addAll(run(ask, begun(part(both))).chunks());
            assertThat(run(ask, begun(part(both))).chunks()).isEmpty();
        }
    }

    @Test
    void logProbabilitiesGoOnAtTheNextToken() throws Exception {
        Ask ask = Ask.sum(123, 456).logprobs(2);
        Collected uncut = BundledModel.run(first, ask);
        Collected before = part(uncut.chunks().subList(0, 5));
        Collected rest = run(ask, begun(before));
        assertThat(before.logprobs().size() + rest.logprobs().size())
                .isEqualTo(uncut.logprobs().size());
        assertThat(rest.logprobs().getLast().logprob())
                .isCloseTo(uncut.logprobs().getLast().logprob(), within(1e-3));
    }

    @Test
    void theCapCountsFromTheBeginning() throws Exception {
        Ask ask = Ask.sum(123, 456);
        Begun begun = begun(part(BundledModel.run(first, ask).chunks().subList(0, 4)));
        Collected rest = new Collected();
        Generation generation =
                second.submit(ask.cap(begun.ids().length + 2L).request().from(begun), rest);
        generation.cap(begun.ids().length + 2L, true);
        assertThat(rest.awaitEnd().reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(rest.ids()).hasSize(2);
        assertThat(rest.awaitEnd().usage().completion()).isEqualTo(begun.ids().length + 2);
    }

    @Test
    void whatIsNoBeginningOfAnAnswerIsRefused() {
        int[] ids = {1, 2, 3};
        for (Begun wrong :
                List.of(new Begun(new int[] {512}, 10), new Begun(new int[] {506, 506}, 0), new Begun(ids, 0))) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> run(Ask.sum(1, 2), wrong))
                    .satisfies(refused -> assertThat(refused.param()).isEqualTo("gh.ids"));
        }
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> run(Ask.sum(1, 2).max(2), new Begun(ids, 100)));
    }

    /** How many of the prompt's tokens were found in the cache is not the answer's matter. */
    private static Usage uncached(Collected output) {
        Usage usage = output.awaitEnd().usage();
        return new Usage(usage.prompt(), 0, usage.completion(), usage.reasoning());
    }

    private static Collected run(Ask ask, Begun begun) throws RefusedException {
        Collected output = new Collected();
        second.submit(ask.request().from(begun), output);
        output.awaitEnd();
        return output;
    }

    private static Collected part(List<Chunk> chunks) {
        Collected part = new Collected();
        chunks.forEach(part::chunk);
        return part;
    }

    private static Begun begun(Collected shown) {
        int[] ids = shown.ids().stream().mapToInt(Integer::intValue).toArray();
        return new Begun(ids, shown.reasoning().length() + shown.content().length());
    }
}
