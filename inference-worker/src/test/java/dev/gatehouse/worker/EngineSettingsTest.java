package dev.gatehouse.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.gatehouse.worker.engine.LlamaOptions;
import dev.gatehouse.worker.engine.LoadMode;
import dev.gatehouse.worker.llama.Backend;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings take is what the engine takes, so that a wrong value stops the start and not the load. */
class EngineSettingsTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 0, 256", "512, 128, 10000, 2147483647"})
    void takesWhatTheEngineTakes(int threads, int slots, int queue, int kvTokens) {
        assertThat(violations(threads, slots, queue, kvTokens)).isZero();
        assertThatNoException().isThrownBy(() -> options(threads, slots, queue, kvTokens));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 256", "513, 1, 0, 256",
        "1, 0, 0, 256", "1, 129, 0, 256",
        "1, 1, -1, 256", "1, 1, 10001, 256",
        "1, 1, 0, 255",
    })
    void refusesWhatTheEngineRefuses(int threads, int slots, int queue, int kvTokens) {
        assertThat(violations(threads, slots, queue, kvTokens)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> options(threads, slots, queue, kvTokens));
    }

    private static int violations(int threads, int slots, int queue, int kvTokens) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            EngineSettings settings = new EngineSettings(
                    "m.gguf",
                    null,
                    threads,
                    slots,
                    queue,
                    kvTokens,
                    null,
                    LlamaOptions.DEFAULT_INTER_TOKEN,
                    null,
                    null,
                    null,
                    LoadMode.AUTO,
                    Backend.AUTO,
                    16,
                    null);
            return factory.getValidator().validate(settings).size();
        }
    }

    private static LlamaOptions options(int threads, int slots, int queue, int kvTokens) {
        Path path = Path.of("m.gguf");
        return new LlamaOptions(path, path, Optional.empty(), threads, slots, queue, OptionalInt.of(kvTokens));
    }
}
