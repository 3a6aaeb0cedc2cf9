package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.worker.llama.LlamaSampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplingDefaultsTest {

    @TempDir
    private Path directory;

    private SamplingDefaults of(EditableGguf gguf) throws IOException, EngineStartException {
        Path file = Files.write(directory.resolve("model.gguf"), gguf.bytes());
        return SamplingDefaults.of(ModelFile.check(file), file);
    }

    private static EditableGguf bundled() throws IOException {
        return new EditableGguf(BundledModel.FILE);
    }

    @Test
    void theBundledModelIsGreedy() throws Exception {
        assertThat(SamplingDefaults.of(ModelFile.check(BundledModel.FILE), BundledModel.FILE)
                        .temperature())
                .isZero();
    }

    @Test
    void comeFromTheModelFileFirst() throws Exception {
        Files.writeString(directory.resolve("model.json"), "{\"sampling\":{\"temperature\":0.1}}");
        SamplingDefaults defaults =
                of(bundled().real("general.sampling.temp", 0.5f).number("general.sampling.top_k", 7));
        assertThat(defaults).isEqualTo(new SamplingDefaults(0.5, 1, 7, 0, 1));
    }

    @Test
    void comeFromTheFileBesideItElse() throws Exception {
        Files.writeString(
                directory.resolve("model.json"),
                "{\"sampling\":{\"top_p\":0.9,\"min_p\":0.05,\"repetition_penalty\":1.1}}");
        assertThat(of(bundled())).isEqualTo(new SamplingDefaults(1, 0.9, 0, 0.05, 1.1));
    }

    @Test
    void areNeutralWhenNobodySays() throws Exception {
        assertThat(of(bundled())).isEqualTo(new SamplingDefaults(1, 1, 0, 0, 1));
    }

    @Test
    void aFileBesideItThatCanNotBeReadIsNamed() throws Exception {
        Files.writeString(directory.resolve("model.json"), "{\"sampling\":{\"temprature\":0.1}}");
        assertThatThrownBy(() -> of(bundled()))
                .isInstanceOf(EngineStartException.class)
                .hasMessageContainingAll("model.json", "temprature");
    }

    @Test
    void theRequestWins() {
        Sampling asked = new Sampling(
                OptionalDouble.of(0.7),
                OptionalDouble.empty(),
                OptionalInt.of(40),
                OptionalDouble.empty(),
                OptionalLong.of(-1),
                OptionalDouble.of(0.5),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Map.of(3, 4f),
                OptionalInt.of(2));
        LlamaSampling sampling = new SamplingDefaults(0, 0.9, 0, 0.05, 1.1).apply(asked, 256);
        assertThat(sampling).isEqualTo(new LlamaSampling(0.7, 0.9, 40, 0.05, 0, 0.5, 0, 1.1, 256, Map.of(3, 4f), 2));
    }

    @Test
    void noSeedIsTheOneThatMeansRandom() {
        Sampling asked = new Sampling(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalLong.of(0xFFFFFFFFL),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Map.of(),
                OptionalInt.empty());
        assertThat(new SamplingDefaults(0, 1, 0, 0, 1).apply(asked, 1).seed())
                .isNotEqualTo(0xFFFFFFFFL)
                .isBetween(0L, 0xFFFFFFFEL);
    }
}
