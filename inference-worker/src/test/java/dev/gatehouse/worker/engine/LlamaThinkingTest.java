package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Budgets of thinking, on the bundled model, which thinks before it answers. */
class LlamaThinkingTest {

    private static LlamaEngine engine;

    @BeforeAll
    static void open() throws Exception {
        engine = BundledModel.open(step -> {});
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void thinkingEndsWithItsBudgetAndTheAnswerFollows(int budget) throws Exception {
        Collected bounded = BundledModel.run(engine, budget(budget));
        int free =
                BundledModel.run(engine, Ask.sum(123, 456)).awaitEnd().usage().reasoning();
        assertThat(free).isGreaterThan(7);
        assertThat(bounded.awaitEnd().usage().reasoning()).isBetween(1, budget + 1);
        assertThat(bounded.content()).isNotEmpty().doesNotContain("think>");
    }

    @Test
    void thinkingThatEndsBeforeItsBudgetIsAsWithoutOne() throws Exception {
        Collected free = BundledModel.run(engine, Ask.sum(123, 456));
        Collected bounded = BundledModel.run(engine, budget(1000));
        assertThat(bounded.reasoning()).isEqualTo(free.reasoning());
        assertThat(bounded.content()).isEqualTo(free.content());
    }

    @Test
    void aBudgetCountsOnInAnAnswerThatWasCut() throws Exception {
        Collected uncut = BundledModel.run(engine, budget(6));
        List<Chunk> all = uncut.chunks();
        for (int cut = 1; cut < all.size(); cut++) {
            Collected before = new Collected();
            all.subList(0, cut).forEach(before::chunk);
            int[] ids = before.ids().stream().mapToInt(Integer::intValue).toArray();
            Begun begun = new Begun(
                    ids, before.reasoning().length() + before.content().length());
            Collected rest = new Collected();
            engine.submit(budget(6).request().from(begun), rest);
            rest.awaitEnd();
            assertThat(before.reasoning() + rest.reasoning()).isEqualTo(uncut.reasoning());
            assertThat(before.content() + rest.content()).isEqualTo(uncut.content());
        }
    }

    private static Ask budget(int tokens) {
        return Ask.body("""
                {"messages":[{"role":"user","content":"What is 123 + 456?"}],"thinking_budget_tokens":%d}""".formatted(tokens));
    }
}
