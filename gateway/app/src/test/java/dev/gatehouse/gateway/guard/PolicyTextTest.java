package dev.gatehouse.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.detect.Kind;
import dev.gatehouse.detect.Remedy;
import dev.gatehouse.gateway.vocabulary.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyTextTest {

    private static Policy cards(Remedy in, Remedy out) {
        return Policy.DEFAULT.with(Kind.PAYMENT_CARDS, in, out);
    }

    @Test
    void blocksCardsInAndMasksThemOutAndMasksSecretsWhereNothingElseIsSaid() {
        Policy policy = PolicyText.parse("{}");
        assertThat(policy).isEqualTo(Policy.DEFAULT);
        assertThat(policy.in().byKind())
                .isEqualTo(Map.of(
                        Kind.GATEWAY_KEYS, Remedy.MASK,
                        Kind.SECRETS, Remedy.MASK,
                        Kind.IBANS, Remedy.OBSERVE,
                        Kind.PAYMENT_CARDS, Remedy.BLOCK,
                        Kind.EMAIL_ADDRESSES, Remedy.OBSERVE));
        assertThat(policy.out()).isEqualTo(policy.in().with(Kind.PAYMENT_CARDS, Remedy.MASK));
    }

    @Test
    void saysForEachKindAndDirectionWhatBecomesOfIt() {
        assertThat(PolicyText.parse(
                        "{\"ibans\":{\"in\":\"mask\"},\"emailAddresses\":{\"in\":\"block\",\"out\":\"mask\"}}"))
                .isEqualTo(Policy.DEFAULT
                        .with(Kind.IBANS, Remedy.MASK, Remedy.OBSERVE)
                        .with(Kind.EMAIL_ADDRESSES, Remedy.BLOCK, Remedy.MASK));
        assertThat(PolicyText.parse("{\"gatewayKeys\":{\"out\":\"observe\"},\"secrets\":{}}"))
                .isEqualTo(Policy.DEFAULT.with(Kind.GATEWAY_KEYS, Remedy.MASK, Remedy.OBSERVE));
    }

    @Test
    void understandsTheWordsOfEarlierPolicies() {
        assertThat(PolicyText.parse("{\"paymentCards\":{\"in\":\"refuse\",\"out\":\"cut\"}}"))
                .isEqualTo(cards(Remedy.BLOCK, Remedy.BLOCK));
        assertThat(PolicyText.parse("{\"paymentCards\":{\"in\":\"mask\"}}")).isEqualTo(cards(Remedy.MASK, Remedy.MASK));
        assertThat(PolicyText.parse("{\"paymentCards\":{\"in\":\"allow\",\"out\":\"allow\"}}"))
                .isEqualTo(cards(Remedy.OBSERVE, Remedy.OBSERVE));
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
                "{\"paymentCards\":{\"in\":\"cut\"}}|paymentCards.in must be one of [observe, mask, block]",
                "{\"paymentCards\":{\"in\":\"MASK\"}}|paymentCards.in must be one of [observe, mask, block]",
                "{\"paymentCards\":{\"out\":true}}|paymentCards.out must be one of [observe, mask, block]",
                "{\"paymentCards\":{\"out\":null}}|paymentCards.out must be one of [observe, mask, block]",
                "{\"secrets\":{\"in\":\"refuse\"}}|secrets.in must be one of [observe, mask, block]",
                "{\"ibans\":{\"out\":\"cut\"}}|ibans.out must be one of [observe, mask, block]",
                "{\"telephones\":{\"out\":\"mask\"}}|unknown member telephones"
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
                .isEqualTo(PolicyText.parse("{\"paymentCards\":{\"out\":\"mask\",\"in\":\"block\"}}")
                        .version())
                .isNotEqualTo(cards(Remedy.BLOCK, Remedy.BLOCK).version());
    }

    @Test
    void hasTheVersionOfItsTextWithNothingMissing() {
        String text =
                "{\"gatewayKeys\":{\"in\":\"mask\",\"out\":\"mask\"},\"secrets\":{\"in\":\"mask\",\"out\":\"mask\"},"
                        + "\"ibans\":{\"in\":\"observe\",\"out\":\"observe\"},\"paymentCards\":{\"in\":\"block\",\"out\":\"mask\"},"
                        + "\"emailAddresses\":{\"in\":\"observe\",\"out\":\"observe\"}}";
        assertThat(Policy.DEFAULT.version().value())
                .isEqualTo(Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16));
        assertThat(PolicyText.parse(text)).isEqualTo(Policy.DEFAULT);
    }
}
