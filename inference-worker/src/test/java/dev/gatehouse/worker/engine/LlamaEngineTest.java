package dev.gatehouse.worker.engine;

import static dev.gatehouse.worker.engine.BundledModel.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The engine on the bundled model: what it says and counts. */
class LlamaEngineTest {

    private static final int THINK_END = 511;
    private static final int END_OF_SENTENCE = 506;
    private static LlamaEngine engine;

    @BeforeAll
    static void open() throws Exception {
        engine = BundledModel.open(step -> {});
    }

    @Test
    void quotesThePromptThatAnAnswerReports() throws Exception {
        Ask ask = Ask.sum(123, 456);

        assertThat(engine.promptTokens(ask.request()))
                .isEqualTo(run(engine, ask).awaitEnd().usage().prompt());
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void describesTheModel() {
        Model model = engine.model();
        assertThat(model.id()).isEqualTo("tiny-moe");
        assertThat(model.engine()).isEqualTo("llama");
        assertThat(model.context()).isEqualTo(256);
        assertThat(model.vocab()).isEqualTo(512);
        assertThat(model.kvTokens()).isEqualTo(1024);
        assertThat(model.sha256()).isEqualTo(ModelFile.digest(BundledModel.FILE).join());
    }

    @Test
    void addsAndKeepsTheThinkingApart() throws Exception {
        Collected answer = run(engine, Ask.sum(123, 456));
        assertThat(answer.content()).contains("579").doesNotContain("think>");
        assertThat(answer.reasoning()).isNotBlank().doesNotContain("think>");
        assertThat(answer.awaitEnd().reason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void countsEveryToken() throws Exception {
        Collected answer = run(engine, Ask.sum(123, 456));
        Usage usage = answer.awaitEnd().usage();
        List<Integer> ids = answer.ids();

        assertThat(usage.completion()).isEqualTo(ids.size());
        assertThat(ids.getLast()).isEqualTo(END_OF_SENTENCE);
        assertThat(usage.reasoning()).isEqualTo(ids.indexOf(THINK_END) + 1);
        assertThat(usage.prompt()).isEqualTo(16); // <bos> <User> What is 123 + 456? <Assistant> <think>
        long at = 0;
        for (Chunk chunk : answer.chunks()) {
            at += chunk.ids().length;
            assertThat(chunk.at()).isEqualTo(at);
        }
    }

    @Test
    void saysTheSameAgainWhenGreedy() throws Exception {
        List<Integer> first =
                run(engine, Ask.user("Which is larger, 512 or 498?")).ids();
        assertThat(run(engine, Ask.user("Which is larger, 512 or 498?")).ids()).isEqualTo(first);
    }

    @Test
    void metersAloneShowOneRowAStep() throws Exception {
        Meters meters = run(engine, Ask.sum(1, 2)).awaitEnd().meters();
        assertThat(meters.stepRows()).isEqualTo(1);
        assertThat(meters.queueMs()).isNotNegative();
        assertThat(meters.prefillMs()).isPositive();
        assertThat(meters.decodeMs()).isPositive();
    }

    @Test
    void neverSplitsACharacter() throws Exception {
        Collected answer = run(engine, Ask.schema("{\"enum\":[\"Größe 🙂 €\"]}"));
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

    @Test
    void holdsToAJsonSchema() throws Exception {
        Collected answer = run(engine, Ask.schema("""
                {"type":"object","properties":{"sum":{"type":"integer"}},"required":["sum"],"additionalProperties":false}"""));
        assertThat(answer.content()).matches("(?s)\\{\\s*\"sum\"\\s*:\\s*-?\\d+\\s*}\\s*");
    }

    @Test
    void switchesThinkingOffWhenTheTemplateIsTold() throws Exception {
        Collected answer = run(engine, Ask.body("""
                {"messages":[{"role":"user","content":"Hello!"}],"chat_template_kwargs":{"enable_thinking":false}}"""));
        assertThat(answer.reasoning()).isEmpty();
        assertThat(answer.awaitEnd().usage().reasoning()).isZero();
        assertThat(answer.content()).isNotBlank();
    }
}
