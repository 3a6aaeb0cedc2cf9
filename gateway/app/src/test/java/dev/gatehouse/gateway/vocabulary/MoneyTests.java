package dev.gatehouse.gateway.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MoneyTests {

    private static final Price PRICE = new Price(7, 3, 11, 5, 1_000);

    @Test
    void everyClassOfTokensHasItsPriceAndTheCallItsOwn() {
        Usage usage = new Usage(100, 40, 30, 10, Meters.NONE, true);
        assertThat(PRICE.of(usage)).isEqualTo(60 * 7 + 40 * 3 + 10 * 11 + 20 * 5 + 1_000);
        assertThat(PRICE.of(Usage.NONE)).isEqualTo(1_000);
    }

    @RepeatedTest(20)
    void nothingCostsMoreThanTheMost(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        long prompt = random.nextLong(10_000);
        long completion = random.nextLong(10_000);
        Usage usage = new Usage(
                prompt, random.nextLong(prompt + 1), completion, random.nextLong(completion + 1), Meters.NONE, true);
        assertThat(PRICE.of(usage)).isLessThanOrEqualTo(PRICE.most(prompt, completion));
    }

    @Test
    void aPriceThatCannotBeCountedIsRefused() {
        assertThatThrownBy(() -> new Price(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Price(0, 0, Price.DEAREST_TOKEN + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PRICE.most(Long.MAX_VALUE, 1)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void whatIsWaivedIsOwedByNobodyAndCostsAllTheSame() {
        Charge charge = new Charge(1, Usage.NONE, PRICE, 25, true);
        assertThat(charge.nano()).isEqualTo(1_000);
        assertThat(charge.waived().nano()).isZero();
        assertThat(charge.waived().cost()).isEqualTo(25);
    }

    @Test
    void anExchangeCostsItsShareOfTheNodesTime() {
        Tariff tariff = new Tariff(3_600_000_000L);
        assertThat(tariff.of(new Meters(500, 20, 80, 4, 25, 0, OptionalDouble.empty())))
                .isEqualTo(25_000);
        assertThat(tariff.of(new Meters(500, 20, 80, 0, 100, 0, OptionalDouble.empty())))
                .isEqualTo(100_000);
        assertThat(tariff.of(Meters.NONE)).isZero();
        assertThat(tariff.of(new Meters(0, 1, 1, 1, Double.NaN, 0, OptionalDouble.empty())))
                .isZero();
    }

    @Test
    void theDearestNodeForTheLongestTimeDoesNotOverflow() {
        Meters day = new Meters(0, 0, 86_400_000, 1, 86_400_000, 0, OptionalDouble.empty());
        assertThat(new Tariff(Tariff.DEAREST).of(day)).isEqualTo(24 * Tariff.DEAREST);
    }
}
