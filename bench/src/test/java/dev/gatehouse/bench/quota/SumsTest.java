package dev.gatehouse.bench.quota;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SumsTest {

    @Test
    void agreeWhenWhatWasCorrectedIsSpentTooAndOutcomesStayAsTheyWere() {
        assertThat(new Sums(50, 4_900, 100, 4_900, 5_000).agree(50)).isTrue();
        assertThat(new Sums(50, 5_000, 0, 5_000, 5_000).agree(50)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "49, 5000,   0, 5000, 5000",
        "50, 4900,   0, 5000, 4900",
        "50, 5000,   0, 4900, 5000",
        "50, 5000,   0, 5000, 4900",
        "50, 5000, 100, 5000, 5000"
    })
    void disagreeWhenAnyOfThemIsAlone(long calls, long usage, long corrections, long outcomes, long spent) {
        assertThat(new Sums(calls, usage, corrections, outcomes, spent).agree(50))
                .isFalse();
    }

    @Test
    void sayEachSum() {
        assertThat(new Sums(50, 4_900, 100, 4_901, 5_000))
                .hasToString(
                        "the ledger has 50 calls that are due, for 4,900 and corrections of 100; outcomes say 4,901, the budget has spent 5,000");
    }
}
