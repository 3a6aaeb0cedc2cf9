package dev.gatehouse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.StreamFilter.Notation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailAddressesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "jane.doe@example.org|@",
                "Write to jane.doe@example.org.|Write to @.",
                "<o'brien+news@mail.example.co.uk>, please|<@>, please",
                "mailto:a_b%c-d@x-y.io?subject=Hi|mailto:@?subject=Hi",
                "'jane@example.org'|'@'",
                "a@b.co c@d.co;e@f.co|@ @;@",
                "a@b.example.org@c.org|@",
                "邮箱jane@example.org好|邮箱@好",
                "müller@example.org|mü@",
                "jane@example.org-|@-",
                "jane@example.xn--p1ai|@",
                "jane@sub..example.org|jane@sub..example.org",
                "..jane@example.org|..@"
            })
    void findsAddressesInProse(String text, String masked) {
        assertThat(Filters.masked(text))
                .isEqualTo(masked.contains("..example") ? masked : masked.replace("@", "[e-mail address]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@jane and jane@ and jane@localhost",
                "pkg@1.2.3 and pkg@1.0.0-beta.1",
                "git@host:repo", // no point in the name
                "jane@[192.0.2.1]",
                "jane @example.org",
                "\"jane doe\"@example.org",
                "jane@пример.рф"
            })
    void leavesOtherTextAlone(String text) {
        assertThat(Filters.masked(text)).isEqualTo(text);
    }

    @Test
    void hasAtMostSixtyFourCharactersBeforeTheSign() {
        assertThat(Filters.masked("a".repeat(64) + "@example.org")).isEqualTo("[e-mail address]");
        String longer = "a".repeat(65) + "@example.org";
        assertThat(Filters.masked(longer)).isEqualTo(longer);
    }

    @Test
    void holdsAWordUntilItsEndAndNothingWhenItIsOnlyObserved() {
        StreamFilter masking = Filters.filter(Notation.PLAIN, Filters.ALL);
        assertThat(masking.feed("so jane")).isEqualTo("so ");
        assertThat(masking.feed(" does")).isEqualTo("jane ");
        StreamFilter observing = Filters.filter(Notation.PLAIN, Filters.ALL.with(Kind.EMAIL_ADDRESSES, Remedy.OBSERVE));
        String text = "so jane@example.org";
        assertThat(observing.feed(text)).isSameAs(text);
    }
}
