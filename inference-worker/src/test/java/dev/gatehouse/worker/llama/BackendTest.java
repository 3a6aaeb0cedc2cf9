package dev.gatehouse.worker.llama;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BackendTest {

    private static final LlamaLibrary.Device CPU = new LlamaLibrary.Device("CPU", "CPU", "a processor");

    @ParameterizedTest
    @EnumSource(names = {"CUDA", "VULKAN", "METAL"})
    void aGpuThatIsNotThereIsNamedWithAWayToGetIt(Backend backend) {
        assertThatThrownBy(() -> backend.requireAmong(List.of(CPU)))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining(backend.name().toLowerCase())
                .hasMessageContaining("a processor")
                .hasMessageContaining("docs/configuration.md");
    }

    @ParameterizedTest
    @CsvSource({"CUDA,CUDA", "VULKAN,Vulkan", "METAL,MTL", "METAL,Metal", "CPU,CPU", "AUTO,CPU"})
    void whatIsThereIsTaken(Backend backend, String named) {
        assertThatCode(() -> backend.requireAmong(List.of(CPU, new LlamaLibrary.Device("x", named, "x"))))
                .doesNotThrowAnyException();
    }

    @Test
    void theRealLibrariesAreCheckedToo() {
        TinyModel.load().close();
        assertThatThrownBy(() -> LlamaLibrary.load(TinyModel.NATIVES, Backend.METAL))
                .hasMessageContaining("CPU");
    }
}
