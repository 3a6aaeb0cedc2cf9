package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyTest {

    /** Made with Python's {@code zlib.crc32}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gh_live_000000000000000000000000000000002wjyrI",
                "gh_live_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz4W8LJS",
                "gh_live_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL",
                "gh_live_abcdefghijklmnopqrstuvwxyz0123451nc0VA",
                "gh_live_0000000000000000000000000000017200YwDE"
            })
    void acceptsChecksumsThatAnotherImplementationMade(String text) {
        assertThat(ApiKey.parse(text)).map(ApiKey::secret).contains(text);
    }

    @Test
    void readsBackEveryKeyThatItMakes() {
        Stream.generate(TestKeys::random).limit(1_000).forEach(key -> {
            assertThat(key.secret()).matches("gh_live_[0-9A-Za-z]{38}");
            assertThat(ApiKey.parse(key.secret())).isPresent();
        });
    }

    @Test
    void usesEveryDigit() {
        String digits = Stream.generate(TestKeys::random)
                .limit(100)
                .map(key -> key.secret().substring(ApiKey.PREFIX.length(), ApiKey.LENGTH - 6))
                .collect(Collectors.joining());
        assertThat(digits.chars().distinct()).hasSize(Base62.RADIX);
    }

    @Test
    void refusesAKeyOfWhichOneCharacterChanged() {
        Random random = new Random(13);
        for (int round = 0; round < 200; round++) {
            String text = TestKeys.random().secret();
            int at = random.nextInt(text.length());
            char other = (char) (' ' + random.nextInt('~' - ' ' + 1));
            if (other != text.charAt(at)) {
                String changed = text.substring(0, at) + other + text.substring(at + 1);
                assertThat(ApiKey.parse(changed)).as(changed).isEmpty();
            }
        }
    }

    @Test
    void refusesEveryPartOfAKey() {
        String text = TestKeys.random().secret();
        for (int length = 0; length < text.length(); length++) {
            assertThat(ApiKey.parse(text.substring(0, length))).isEmpty();
        }
        assertThat(ApiKey.parse(text + "0")).isEmpty();
        assertThat(ApiKey.parse(" " + text)).isEmpty();
    }

    /** Digits of other scripts have the same values for {@link Character#digit}. */
    @ParameterizedTest
    @ValueSource(chars = {'٣', '３', 'é', '\0', '\'', 'K'})
    void refusesCharactersBeyondItsDigits(char foreign) {
        assertThat(ApiKey.parse("gh_live_" + String.valueOf(foreign).repeat(38)))
                .isEmpty();
    }

    @Test
    void doesNotPrintItsSecret() {
        ApiKey key = TestKeys.random();
        assertThat(key).asString().hasSizeLessThan(16);
        assertThat(key.secret()).startsWith(key.prefix());
        assertThat(new TestKeys.Issued(TestKeys.caller().key(), key).toString()).doesNotContain(key.secret());
        assertThat(ApiKeyAuthentication.presented(key, TestKeys.VISIT).toString())
                .doesNotContain(key.secret());
    }
}
