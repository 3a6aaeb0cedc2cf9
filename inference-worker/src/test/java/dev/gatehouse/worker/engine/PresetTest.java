package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.bench.model.Preset;
import dev.gatehouse.bench.model.Quantisation;
import dev.gatehouse.bench.model.ShapedModel;
import dev.gatehouse.worker.fit.KvType;
import dev.gatehouse.worker.llama.Backend;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated models of each kind are models to llama.cpp, however they are held. */
class PresetTest {

    private static final Ask ASK = Ask.body("""
            {"messages":[{"role":"user","content":"What does the old mill say?"}]}""");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "DEEPSEEK_V2_LITE, Q8_0",
        "DEEPSEEK_V3, Q4_K",
        "DEEPSEEK_V3, F32",
        "QWEN3_MOE, Q4_K",
        "QWEN3_MOE, Q8_0",
        "MINIMAL, Q8_0"
    })
    void generatesAsManyTokensAsAreAskedFor(Preset preset, Quantisation quantisation) throws Exception {
        try (LlamaEngine engine = open(preset, quantisation, Residence.AUTOMATIC)) {
            assertThat(BundledModel.run(engine, ASK.drawn(0, 1).max(12))
                            .awaitEnd()
                            .usage()
                            .completion())
                    .isEqualTo(12);
        }
    }

    @Test
    void saysTheSameWhenItIsReadAtOnceWithItsExpertsHeldApart() throws Exception {
        Residence apart = new Residence(Optional.empty(), OptionalInt.of(0), OptionalInt.of(8), LoadMode.READ);
        assertThat(answer(apart)).isEqualTo(answer(Residence.AUTOMATIC));
    }

    @ParameterizedTest
    @CsvSource({"Q8_0", "Q4_0"})
    void generatesWithACoarserKvCache(KvType type) throws Exception {
        Residence coarse = new Residence(Optional.of(type), OptionalInt.empty(), OptionalInt.empty(), LoadMode.MMAP);
        assertThat(answer(coarse)).isNotEmpty();
    }

    private String answer(Residence residence) throws Exception {
        try (LlamaEngine engine = open(Preset.QWEN3_MOE, Quantisation.Q8_0, residence)) {
            return BundledModel.run(engine, ASK.drawn(0, 1).max(12)).content();
        }
    }

    private LlamaEngine open(Preset preset, Quantisation quantisation, Residence residence) throws Exception {
        Path file = ShapedModel.tiny(preset, quantisation).write(directory.resolve("preset.gguf"));
        return LlamaEngine.open(
                new LlamaOptions(
                        Path.of("target/native/lib"),
                        file,
                        Optional.empty(),
                        1,
                        4,
                        4,
                        OptionalInt.of(1_024),
                        OptionalInt.empty(),
                        LlamaOptions.DEFAULT_INTER_TOKEN,
                        residence,
                        Backend.AUTO,
                        Telemetry.USUAL),
                done -> true);
    }
}
