package dev.gatehouse.bench.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomModelTest {

    @Test
    void isTheSameForTheSameSeedAndElseNot() {
        byte[] model = RandomModel.bytes(7);

        assertThat(model).startsWith('G', 'G', 'U', 'F').hasSizeBetween(2_000_000, 5_000_000);
        assertThat(RandomModel.bytes(7)).isEqualTo(model);
        assertThat(RandomModel.bytes(8)).hasSameSizeAs(model).isNotEqualTo(model);
    }
}
