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
    void hasAtLeastOneRound() {
        assertThatThrownBy(Series::new).isInstanceOf(IllegalArgumentException.class);
    }
}
