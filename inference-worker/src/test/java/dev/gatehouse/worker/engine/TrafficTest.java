package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.worker.fit.Anatomy;
import dev.gatehouse.worker.fit.KvType;
import java.nio.file.Files;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrafficTest {

    @Test
    void aStepReadsCommonWeightsOnceTheExpertsItPicksAndTheCellsBeforeItsRows() {
        Traffic traffic = new Traffic(10, 1_000, 800, 0.25, OptionalDouble.of(1e9));

        double alone = traffic.share(new StepCost.Shape(1, 0, 5), 1_000).orElseThrow();
        double two = traffic.share(new StepCost.Shape(1, 1, 0), 1_000).orElseThrow();

        assertThat(alone).isCloseTo((1_000 + 200 + 50) / 1e3, within(1e-9));
        assertThat(two).isCloseTo((1_000 + 350) / 1e3, within(1e-9));
    }

    @Test
    void readsTheBundledModelsHead() throws Exception {
        Traffic traffic =
                Traffic.of(Anatomy.of(ModelFile.check(BundledModel.FILE)), KvType.F16, OptionalDouble.empty());

        assertThat(traffic.used()).isEqualTo(0.25);
        assertThat(traffic.cellBytes()).isPositive();
        assertThat(traffic.commonBytes() + traffic.expertBytes())
                .isPositive()
                .isLessThan(Files.size(BundledModel.FILE));
        assertThat(traffic.share(new StepCost.Shape(1, 0, 0), 1_000)).isEmpty();
    }
}
