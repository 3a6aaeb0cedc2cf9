package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.worker.fit.Anatomy;
import dev.gatehouse.worker.fit.Demand;
import dev.gatehouse.worker.fit.KvType;
import dev.gatehouse.worker.fit.Memory;
import dev.gatehouse.worker.gguf.GgufReader;
import dev.gatehouse.worker.llama.LlamaModel.Loading;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FittingTest {

    private static final Memory MUCH = new Memory(16L << 30, 0);
    private static final Memory LITTLE = new Memory(1 << 20, 0);

    private static Fitting fitting(Residence wanted) throws Exception {
        Anatomy model = Anatomy.of(GgufReader.read(BundledModel.FILE));
        return new Fitting(model, new Demand.Load(4_096, 512, 4), wanted);
    }

    private static Residence wanted(LoadMode mode) {
        return new Residence(Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), mode);
    }

    @Test
    void readsTheBundledModelsMeasuresOffItsHead() throws Exception {
        Anatomy model = fitting(Residence.AUTOMATIC).model();
        assertThat(model.architecture()).isEqualTo("deepseek2");
        assertThat(model.weightBytes()).isBetween(380_000L, 422_080L);
        assertThat(model.expertBytes()).isBetween(1L, model.weightBytes());
        assertThat(model.used()).isBetween(1, model.experts());
        assertThat(model.kvBytes(KvType.F16)).isEqualTo(2 * model.kvValues());
    }

    @Test
    void anEngineThatDoesNotFitDoesNotStartToLoad() {
        AtomicBoolean loading = new AtomicBoolean();
        LlamaOptions options = new LlamaOptions(
                Path.of("target/native/lib"),
                BundledModel.FILE,
                Optional.empty(),
                1,
                4,
                4,
                OptionalInt.of(2_000_000_000));
        assertThatThrownBy(() -> LlamaEngine.open(options, done -> !loading.getAndSet(true)))
                .isInstanceOf(EngineStartException.class)
                .hasMessageContaining("are free")
                .hasMessageContaining("kv-tokens=");
        assertThat(loading).isFalse();
    }

    @Test
    void whatDoesNotFitIsMappedOnlyWhenThatIsAskedFor() throws Exception {
        assertThatThrownBy(() -> fitting(Residence.AUTOMATIC).into(LITTLE)).isInstanceOf(EngineStartException.class);
        assertThat(fitting(wanted(LoadMode.MMAP)).into(LITTLE)).isEqualTo(new Loading(0, 0, "mmap", "q8_0"));
    }

    @Test
    void whatIsWantedIsNotChosen() throws Exception {
        Residence wanted =
                new Residence(Optional.of(KvType.Q4_0), OptionalInt.of(3), OptionalInt.of(2), LoadMode.DIRECT_IO);
        assertThat(fitting(wanted).into(MUCH)).isEqualTo(new Loading(3, 2, "dio", "q4_0"));
    }
}
