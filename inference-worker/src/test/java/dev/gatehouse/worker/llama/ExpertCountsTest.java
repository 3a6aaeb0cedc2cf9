package dev.gatehouse.worker.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bundled model: each row picks its experts in each layer. */
class ExpertCountsTest {

    private static final int PROMPT_ROWS = 9;

    private final LlamaModel model = TinyModel.load();
    private final LlamaChat chat = model.chat(TinyModel.question("What is 123 + 456?"), TinyModel.GREEDY);
    private final int[] prompt = chat.tokens();
    private int position;

    @BeforeEach
    void thePromptIsLongEnough() {
        assertThat(prompt.length).isGreaterThanOrEqualTo(PROMPT_ROWS);
    }

    @AfterEach
    void close() {
        chat.close();
        model.close();
    }

    @Test
    void countsWhatEachRowPicksInEachLayerAndOnlyOutputsInTheLast() throws Exception {
        try (LlamaContext context = context(1)) {
            step(context, PROMPT_ROWS, true);

            LlamaContext.ExpertSample sample = context.takeExperts().orElseThrow();

            assertThat(sample.steps()).isEqualTo(1);
            assertThat(sample.rows()).isEqualTo(PROMPT_ROWS);
            assertThat(sample.outputs()).isEqualTo(1);
            long[] layers = layers(sample);
            assertThat(layers[layers.length - 1]).isEqualTo(TinyModel.TOP_K);
            assertThat(Arrays.stream(layers, TinyModel.DENSE_LAYERS, layers.length - 1))
                    .isNotEmpty()
                    .containsOnly((long) PROMPT_ROWS * TinyModel.TOP_K);
            assertThat(Arrays.stream(layers, 0, TinyModel.DENSE_LAYERS)).containsOnly(0L);
        }
    }

    @Test
    void samplesTheFirstStepAndEachSoManyth() throws Exception {
        try (LlamaContext context = context(3)) {
            for (int i = 0; i < 7; i++) {
                step(context, 1, false);
            }

            LlamaContext.ExpertSample sample = context.takeExperts().orElseThrow();

            assertThat(sample.steps()).isEqualTo(3);
            assertThat(sample.rows()).isEqualTo(3);
            assertThat(layers(sample)[TinyModel.DENSE_LAYERS]).isEqualTo(3L * TinyModel.TOP_K);
        }
    }

    @Test
    void startsAgainOnceItWasRead() throws Exception {
        try (LlamaContext context = context(1)) {
            assertThat(context.takeExperts()).isEmpty();
            step(context, 2, false);
            assertThat(context.takeExperts()).isPresent();
            assertThat(context.takeExperts()).isEmpty();
            step(context, 5, false);
            assertThat(context.takeExperts().map(LlamaContext.ExpertSample::rows))
                    .isEqualTo(Optional.of(5L));
        }
    }

    @Test
    void countsNothingWhenItIsOff() throws Exception {
        try (LlamaContext context = context(0)) {
            step(context, 4, false);
            assertThat(context.takeExperts()).isEmpty();
        }
    }

    private LlamaContext context(int every) {
        LlamaContext context = model.context(1, 1, 256, 64, 1, every);
        context.bind(0, chat);
        return context;
    }

    /** @param sampling the last row asks for a token */
    private void step(LlamaContext context, int rows, boolean sampling) throws KvCacheFullException {
        for (int i = 0; i < rows; i++) {
            context.add(prompt[position], position, 0, sampling && i == rows - 1);
            position++;
        }
        context.step();
    }

    private long[] layers(LlamaContext.ExpertSample sample) {
        int experts = model.info().experts();
        assertThat(sample.picks()).hasSize(model.info().layers() * experts);
        return LongStream.range(0, model.info().layers())
                .map(layer -> Arrays.stream(sample.picks(), (int) layer * experts, (int) (layer + 1) * experts)
                        .sum())
                .toArray();
    }
}
