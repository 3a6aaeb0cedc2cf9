package dev.gatehouse.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.vocabulary.Problem;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerTest {

    private static final String KEY = "gh_live_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL";

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("", Bearer.MISSING),
                Arguments.of("   ", Bearer.MISSING),
                Arguments.of("Bearer", Bearer.MISSING),
                Arguments.of("Bearer ", Bearer.MISSING),
                Arguments.of(KEY, Bearer.MALFORMED),
                Arguments.of("Basic dXNlcjpwYXNz", Bearer.MALFORMED),
                Arguments.of("Bearer" + KEY, Bearer.MALFORMED),
                Arguments.of("Bearer\t" + KEY, Bearer.MALFORMED),
                Arguments.of("Bearer " + KEY + " " + KEY, Bearer.MALFORMED),
                Arguments.of("Bearer " + KEY + ",Bearer " + KEY, Bearer.MALFORMED),
                Arguments.of("Bearer " + KEY + ", Basic dXNlcg==", Bearer.MALFORMED),
                Arguments.of("Bearer \"" + KEY + "\"", Bearer.NOT_A_KEY),
                Arguments.of("Bearer Bearer", Bearer.NOT_A_KEY),
                Arguments.of("Bearer sk-0123456789", Bearer.NOT_A_KEY),
                Arguments.of("Bearer " + KEY.toLowerCase(java.util.Locale.ROOT), Bearer.NOT_A_KEY),
                Arguments.of("Bearer " + KEY.substring(1), Bearer.NOT_A_KEY),
                Arguments.of("Bearer " + KEY + "'--", Bearer.NOT_A_KEY));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesWhatIsNotOneKey(String header, Problem why) {
        assertThat(Bearer.read(Optional.of(header))).isEqualTo(new Bearer.Presented.Refused(why));
    }

    @Test
    void refusesAMissingHeader() {
        assertThat(Bearer.read(Optional.empty())).isEqualTo(new Bearer.Presented.Refused(Bearer.MISSING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR   "})
    void readsTheKeyWhateverTheCaseOfTheScheme(String scheme) {
        assertThat(Bearer.read(Optional.of(scheme + KEY)))
                .isInstanceOfSatisfying(
                        Bearer.Presented.Key.class,
                        presented -> assertThat(presented.key().secret()).isEqualTo(KEY));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void neverRepeatsWhatWasSent(String header, Problem why) {
        assertThat(why.message()).doesNotContain("0123456789").contains("gh_live_");
    }
}
