package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaOptionsTest {

    @ParameterizedTest
    @CsvSource({
        "tiny-moe-q8_0.gguf, tiny-moe",
        "tiny-moe-f32.gguf, tiny-moe",
        "tiny-moe.gguf, tiny-moe",
        "DeepSeek-V3-Q4_K_M.GGUF, DeepSeek-V3",
        "model-bf16.gguf, model",
        "model-iq4_xs.gguf, model",
        "qwen3-0.6b.gguf, qwen3-0.6b",
        "r1-7b.Q5_0.gguf, r1-7b"
    })
    void theIdIsTheFilesNameWithoutItsQuantisation(String file, String id) {
        assertThat(LlamaOptions.of(Path.of("lib"), Path.of("/models", file)).modelId())
                .isEqualTo(id);
    }

    @Test
    void aGivenIdWins() {
        LlamaOptions options =
                new LlamaOptions(Path.of("lib"), Path.of("a.gguf"), Optional.of("mine"), 1, 1, 0, OptionalInt.empty());
        assertThat(options.modelId()).isEqualTo("mine");
    }

    @Test
    void namesWhatIsOutOfRange() {
        assertThatThrownBy(() -> options(0, 1, 0)).hasMessageContaining("threads");
        assertThatThrownBy(() -> options(1, 129, 0)).hasMessageContaining("slots");
        assertThatThrownBy(() -> options(1, 1, -1)).hasMessageContaining("queue");
    }

    private static LlamaOptions options(int threads, int slots, int queue) {
        return new LlamaOptions(
                Path.of("lib"), Path.of("a.gguf"), Optional.empty(), threads, slots, queue, OptionalInt.empty());
    }
}
