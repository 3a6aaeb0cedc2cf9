package dev.gatehouse.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StatisticsTest {

    @Test
    void percentilesAreOfNearestRank() {
        Samples samples = new Samples();
        IntStream.rangeClosed(1, 2_000).map(i -> 2_001 - i).forEach(samples::add);

        assertThat(samples.percentile(0.5)).isEqualTo(1_000);
        assertThat(samples.percentile(0.99)).isEqualTo(1_980);
        assertThat(samples.percentile(1)).isEqualTo(2_000);
        assertThat(samples.atLeast(1_981)).isEqualTo(20);
    }

    @Test
    void noSamplesHaveNoPercentile() {
        assertThatThrownBy(() -> new Samples().percentile(0.5)).hasMessage("no samples were taken");
    }

    @Test
    void aPoissonScheduleKeepsItsRateAndItsSeed() {
        long[] offsets = Schedule.poisson(1_000, 10, 7).offsets();

        assertThat(offsets).hasSize(10_000).isSorted();
        assertThat(offsets[9_999] / 1e9).isCloseTo(10, within(0.5));
        assertThat(Arrays.equals(offsets, Schedule.poisson(1_000, 10, 7).offsets()))
                .isTrue();
    }
}
