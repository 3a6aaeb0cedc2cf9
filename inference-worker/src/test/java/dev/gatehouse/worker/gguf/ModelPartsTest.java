package dev.gatehouse.worker.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPartsTest {

    private static Gguf head(long parts) {
        return new Gguf(Map.of("split.count", new Gguf.Whole(parts)), List.of(), 0, 0);
    }

    @Test
    void areTheFilesAfterTheFirst() throws Exception {
        Path first = Path.of("models/big-Q4_K_M-00001-of-00003.gguf");
        assertThat(ModelParts.others(first, head(3)))
                .containsExactly(
                        Path.of("models/big-Q4_K_M-00002-of-00003.gguf"),
                        Path.of("models/big-Q4_K_M-00003-of-00003.gguf"));
    }

    @Test
    void areNoneOfAModelInOneFile() throws Exception {
        assertThat(ModelParts.others(Path.of("any.gguf"), head(1))).isEmpty();
        assertThat(ModelParts.others(Path.of("any.gguf"), new Gguf(Map.of(), List.of(), 0, 0)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"big-00002-of-00003.gguf", "big-00001-of-00004.gguf", "renamed.gguf"})
    void areRefusedWhenAnotherThanTheFirstIsNamed(String name) {
        assertThatThrownBy(() -> ModelParts.others(Path.of(name), head(3)))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("NAME-00001-of-00003.gguf");
    }
}
