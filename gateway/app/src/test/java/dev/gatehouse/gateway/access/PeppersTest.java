package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeppersTest {

    /** Bytes 0 to 31. */
    private static final String COUNTING = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final ApiKey KEY =
            ApiKey.parse("gh_live_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL").orElseThrow();

    /** Made with Python's {@code hmac}. */
    @Test
    void digestsAsAnotherImplementationDoes() {
        Pepper pepper = Pepper.read(1, COUNTING + "\n");
        assertThat(HexFormat.of().formatHex(pepper.digest(KEY).bytes()))
                .isEqualTo("973f9bec5b980f605fbc68e3d1b23f68f7bd59793f10acfc2c291df8614322d1");
        assertThat(HexFormat.of().formatHex(pepper.fingerprint().bytes()))
                .isEqualTo("be7e376fdf3f68eba6ce1e134b44439be248f1ba8590f73917d1fd632d814893");
    }

    @Test
    void signsWithTheHighestNumberAndVerifiesWithAll() {
        Peppers peppers = TestKeys.peppers(2, 10, 9);
        assertThat(peppers.signing().version()).isEqualTo(10);
        assertThat(peppers.digests(KEY))
                .containsExactly(
                        Pepper.read(10, TestKeys.pepper(10)).digest(KEY),
                        Pepper.read(9, TestKeys.pepper(9)).digest(KEY),
                        Pepper.read(2, TestKeys.pepper(2)).digest(KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "AAECAwQFBgcICQoLDA0ODw=="})
    void namesTheFileThatHoldsNoPepper(String content) {
        assertThatThrownBy(() -> Peppers.of(Map.of(3, content))).hasMessageContaining("pepper.3");
    }

    @Test
    void asksForAPepperWhenThereIsNone() {
        assertThatThrownBy(() -> Peppers.of(Map.of())).hasMessageContaining("pepper.1");
    }
}
