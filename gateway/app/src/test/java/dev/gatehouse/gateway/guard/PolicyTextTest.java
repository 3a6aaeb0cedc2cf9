package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.guard.Policy.In;
import dev.gatehouse.gateway.guard.Policy.Out;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyTextTest {

    @Test
    void refusesInAndMasksOutWhereNothingElseIsSaid() {
        assertThat(PolicyText.parse("{}")).isEqualTo(Policy.of(In.REFUSE, Out.MASK));
        assertThat(PolicyText.parse("{\"paymentCards\":{\"out\":\"cut\"}}")).isEqualTo(Policy.of(In.REFUSE, Out.CUT));
        assertThat(PolicyText.parse("{\"paymentCards\":{\"in\":\"mask\"}}")).isEqualTo(Policy.of(In.MASK, Out.MASK));
        assertThat(PolicyText.parse("{\"paymentCards\":{\"in\":\"allow\",\"out\":\"allow\"}}"))
                .isEqualTo(Policy.of(In.ALLOW, Out.ALLOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|must be an object",
                "{|is not JSON",
                "[]|must be an object",
                "{\"cards\":{}}|unknown member cards",
                "{\"paymentCards\":null}|must be an object: paymentCards",
                "{\"paymentCards\":{\"In\":\"mask\"}}|unknown member paymentCards.In",
                "{\"paymentCards\":{\"in\":\"cut\"}}|paymentCards.in must be one of [refuse, mask, allow]",
                "{\"paymentCards\":{\"in\":\"MASK\"}}|paymentCards.in must be one of [refuse, mask, allow]",
                "{\"paymentCards\":{\"out\":true}}|paymentCards.out must be one of [mask, cut, allow]",
                "{\"paymentCards\":{\"out\":null}}|paymentCards.out must be one of [mask, cut, allow]"
            })
    void namesWhatItDoesNotKnow(String text, String complaint) {
        assertThatThrownBy(() -> PolicyText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(complaint);
    }

    @Test
    void hasAVersionThatTellsPoliciesApart() {
        assertThat(Policy.DEFAULT.version().value()).matches("[0-9a-f]{16}");
        assertThat(PolicyText.parse("{}").version())
                .isEqualTo(PolicyText.parse("{\"paymentCards\":{\"out\":\"mask\",\"in\":\"refuse\"}}")
                        .version())
                .isNotEqualTo(Policy.of(In.REFUSE, Out.CUT).version());
    }
}
