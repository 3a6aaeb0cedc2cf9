package dev.gatehouse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.StreamFilter.Notation;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialTest {

    private static final String ROW = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";

    private static Stream<List<String>> secrets() {
        return Samples.secrets(new Random(7)).stream().map(entry -> List.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void leavesHowASecretBeginsAndMasksTheRest(List<String> secret) {
        String text = "use " + secret.getFirst() + secret.getLast();
        assertThat(Filters.masked(text + " now")).isEqualTo("use " + secret.getFirst() + "[secret] now");
        assertThat(Filters.masked(text)).isEqualTo("use " + secret.getFirst() + "[secret]");
        assertThat(Filters.masked("\"" + text + "\"")).isEqualTo("\"use " + secret.getFirst() + "[secret]\"");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void leavesWhatIsTooShort(List<String> secret) {
        String text = secret.getFirst() + secret.getLast().substring(0, 15) + " and so on";
        assertThat(Filters.masked(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-", "AKIA", "ASIA", "AIza"})
    void leavesWhatOnlyEndsLikeAShortBeginning(String beginning) {
        String text = "x" + beginning + "A".repeat(40);
        assertThat(Filters.masked(text)).isEqualTo(text);
        assertThat(Filters.masked("\\n" + text.substring(1))).isEqualTo("\\n" + beginning + "[secret]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a risk-averse task-force, sk-learn, sk-proj-ect",
                "npm_config_registry=https://registry.example.org/",
                "npm_package_dependencies_something_or_other_of_length",
                "the prefix ghp_ of GitHub and glpat- of GitLab, xoxb- and AKIA",
                "eyJhbGciOiJIUzI1NiJ9",
                "eyJhbGciOiJIUzI1NiJ9.short",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN PUBLIC KEY-----\n" + ROW + "\n-----END PUBLIC KEY-----",
                "-----BEGIN RSA PRIVATE KEY----- is how a key begins that should not be in a prompt",
                "-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n" + ROW
            })
    void leavesProseAndCodeAlone(String text) {
        assertThat(Filters.masked(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRIVATE KEY",
                "ENCRYPTED PRIVATE KEY",
                "RSA PRIVATE KEY",
                "EC PRIVATE KEY",
                "DSA PRIVATE KEY",
                "OPENSSH PRIVATE KEY",
                "PGP PRIVATE KEY BLOCK"
            })
    void masksThePrivateKeyBetweenItsLines(String format) {
        String begin = "-----BEGIN " + format + "-----\n";
        String end = "\n-----END " + format + "-----\n";
        String rows = (ROW + "\n").repeat(20) + ROW.substring(9) + "==";
        assertThat(Filters.masked(begin + rows + end + "ok")).isEqualTo(begin + "[secret]" + end + "ok");
        assertThat(Filters.masked(begin + rows)).isEqualTo(begin + "[secret]");
    }

    @Test
    void masksAPrivateKeyBehindHeadersAndInEscapes() {
        String begin = "KEY=\"-----BEGIN RSA PRIVATE KEY-----";
        assertThat(Filters.masked(begin + "\\n" + ROW + "\\n" + ROW + "\\n-----END"))
                .isEqualTo(begin + "\\n[secret]\\n-----END");
        String headers = "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0123456789ABCDEF0123456789ABCDEF\n\n";
        assertThat(Filters.masked(begin + headers + ROW + "\n-----END"))
                .isEqualTo(begin + headers + "[secret]\n-----END");
    }

    @Test
    void masksATokenOfSeveralPartsUpToTheEndOfTheSentence() {
        String token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
        assertThat(Filters.masked("It is " + token + ". Keep it.")).isEqualTo("It is eyJ[secret]. Keep it.");
        assertThat(Filters.masked("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0."))
                .isEqualTo("eyJ[secret].");
    }

    @Test
    void findsASecretWithCharactersThatNobodySees() {
        assertThat(Filters.masked("gh\u200bp_" + "a1B2\u2060".repeat(9) + "!")).isEqualTo("gh\u200bp_[secret]\u2060!");
    }

    @Test
    void masksAnEndlessSecretWithOneMaskAndHoldsLittleOfIt() {
        StreamFilter filter = Filters.filter(Notation.PLAIN, Filters.ALL);
        StringBuilder out = new StringBuilder(filter.feed("glpat-"));
        for (int i = 0; i < 10_000; i++) {
            out.append(filter.feed("abc-DEF_1"));
        }
        assertThat(out.append(filter.finish()).toString()).isEqualTo("glpat-[secret]");
    }

    @Test
    void letsGoOfARowThatIsTooLongForATokensHeader() {
        StreamFilter filter = Filters.filter(Notation.PLAIN, Filters.ALL);
        filter.feed("eyJ" + "a".repeat(1_000));
        assertThat(filter.holds()).isTrue();
        filter.feed("a".repeat(100));
        assertThat(filter.holds()).isFalse();
    }

    @Test
    void holdsNothingOfProse() {
        StreamFilter filter = Filters.filter(Notation.PLAIN, Filters.ALL.with(Kind.EMAIL_ADDRESSES, Remedy.OBSERVE));
        for (String word : "A great npm package: its sk- prefix, de facto, is - as is - \"x\" at GB, ghp_".split(" ")) {
            assertThat(filter.feed(word)).isSameAs(word);
            assertThat(filter.feed(" ")).isSameAs(" ");
        }
    }
}
