package dev.gatehouse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SeriesTest {

    @Test
    void aMedianIsNotMovedByOneWildRound() {
        assertThat(new Series(3, 1, 1_000).median()).isEqualTo(3);
        assertThat(new Series(4, 1, 3, 2).median()).isEqualTo(2.5);
    }

    @Test
    void knowsItsLowestAndHighestRound() {
        assertThat(new Series(3, 1, 1_000).low()).isEqualTo(1);
        assertThat(new Series(3, 1, 1_000).high()).isEqualTo(1_000);
    }

    @Test
    void combinesTwoSeriesRoundByRound() {
        Series gateway = new Series(100, 900, 120);
        Series nginx = new Series(10, 90, 20);

        assertThat(gateway.over(nginx).median()).isEqualTo(10);
        assertThat(gateway.minus(nginx).median()).isEqualTo(100);
        assertThat(gateway.per(10).high()).isEqualTo(90);
        assertThatThrownBy(() -> gateway.over(new Series(1))).hasMessage("series of 3 and 1 rounds");
    }

    @Test
    void hasAtLeastOneRound() {
        assertThatThrownBy(Series::new).isInstanceOf(IllegalArgumentException.class);
    }
}
