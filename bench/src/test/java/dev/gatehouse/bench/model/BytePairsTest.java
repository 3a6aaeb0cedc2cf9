package dev.gatehouse.bench.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytePairsTest {

    @Test
    void theMostFrequentPairIsMergedFirstAndAPairOfEqualFrequencyByItsOrder() {
        BytePairs pairs = BytePairs.train("lower lower low", 3);

        assertThat(pairs.merges()).containsExactly("l o", "lo w", "e r");
        assertThat(pairs.tokens()).containsExactly("lo", "low", "er");
    }

    @Test
    void whatOccursOnceIsNotMerged() {
        assertThat(BytePairs.train("abc", 10).merges()).isEmpty();
    }

    @Test
    void everyByteHasACharacterOfItsOwnAndPrintableOnesKeepTheirs() {
        assertThat(BytePairs.alphabet()).hasSize(256).doesNotHaveDuplicates();
        assertThat(BytePairs.alphabet().get('a')).isEqualTo("a");
        assertThat(BytePairs.alphabet().get(' ')).isEqualTo("Ġ");
        assertThat(BytePairs.alphabet().get('\n')).isEqualTo("Ċ");
    }
}
