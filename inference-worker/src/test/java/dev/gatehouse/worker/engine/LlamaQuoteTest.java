package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the engine says of a prompt before it has come. */
class LlamaQuoteTest {

    @Test
    void knowsWhatOfAPromptIsInItsCache() throws Exception {
        try (LlamaEngine engine = BundledModel.open(step -> {})) {
            Ask ask = Ask.sum(123, 456);
            Quote before = engine.quote(ask.request());
            assertThat(before.cached()).isZero();
            assertThat(before.queueMs()).isZero();
            assertThat(before.prefillMs()).isPositive();

            Usage first = BundledModel.run(engine, ask).awaitEnd().usage();
            Quote after = engine.quote(ask.request());
            assertThat(after.tokens()).isEqualTo(first.prompt()).isEqualTo(before.tokens());
            assertThat(after.cached()).isEqualTo(first.prompt() - 1);
            assertThat(BundledModel.run(engine, ask).awaitEnd().usage().cached())
                    .isEqualTo(after.cached());

            Quote other = engine.quote(Ask.sum(123, 457).request());
            assertThat(other.cached()).isPositive().isLessThan(after.cached());
        }
    }
}
