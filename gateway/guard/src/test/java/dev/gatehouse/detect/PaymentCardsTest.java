package dev.gatehouse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PaymentCardsTest {

    private static final String VISA = "4111111111111111";

    private static String masked(String text) {
        return Filters.whole(StreamFilter.Notation.PLAIN, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4222222222222", // Visa, 13
                "4111111111111111",
                "4000000000000000006", // Visa, 19
                "5555555555554444",
                "2223003122003222", // Mastercard of the 2-series
                "378282246310005", // American Express
                "30569309025904", // Diners Club, 14
                "6011111111111117", // Discover
                "3566002020360505", // JCB
                "6200000000000005", // UnionPay
                "6759649826438453", // Maestro
                "501800000009", // Maestro, 12
                "2200000000000004", // Mir
                "6521000000000007" // RuPay
            })
    void findsEachIssuersNumbers(String number) {
        assertThat(masked("pay " + number + " now"))
                .isEqualTo("pay [payment card ****" + number.substring(number.length() - 4) + "] now");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "4111.1111.1111.1111",
                "4111\u00a01111\u202f1111\u20071111",
                "4111\u20131111\u20111111\u22121111",
                "4111 1111-1111.1111",
                "4-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1",
                "41 111-1.1111 11 1111",
                "41111111 11111111",
                "４１１１　１１１１　１１１１　１１１１",
                "٤١١١١١١١١١١١١١١١",
                "\ud835\udfdc111111111111111",
                "4\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1\u200b1",
                "4111\u2060 \u200d1111\ufe0f1111\u00ad1111"
            })
    void findsANumberHoweverItIsWritten(String number) {
        assertThat(masked("card: " + number + "!")).isEqualTo("card: [payment card ****1111]!");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112", // check digit
                "1111111111111111",
                "0000000000000000",
                "8888888888888888",
                "9999999999999995", // no such issuer
                "41111111111111111", // Visa has no 17
                "54111111111111111111111",
                "00000004111111111111111100000",
                "4111  1111 1111 1111",
                "4111, 1111, 1111, 1111",
                "4111\n1111\n1111\n1111",
                "4111 - 1111 - 1111 - 1111",
                "+49 151 12345674", // a telephone number
                "0.4111111111111111",
                "4 8 15 16 23 42 4 8 15 16 23 42",
                "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
                "550e8400-e29b-41d4-a716-446655440000",
                "2026-11-24 07:14:56.123456",
                "978-3-16-148410-0",
                "192.168.100.200"
            })
    void leavesOtherNumbersAlone(String number) {
        assertThat(masked("see " + number + " there")).isEqualTo("see " + number + " there");
    }

    @Test
    void findsANumberBesideItsDateAndCode() {
        assertThat(masked("4111 1111 1111 1111 12/27 123")).isEqualTo("[payment card ****1111] 12/27 123");
        assertThat(masked("no 7 4111 1111 1111 1111")).isEqualTo("no 7 [payment card ****1111]");
        assertThat(masked("x4111111111111111y")).isEqualTo("x[payment card ****1111]y");
        assertThat(masked("1.4111 1111 1111 1111")).isEqualTo("1.[payment card ****1111]");
    }

    @Test
    void findsANumberWithAPlusSignWhereNoTelephoneNumberIsThatLong() {
        assertThat(masked("+" + VISA)).isEqualTo("+[payment card ****1111]");
    }

    @Test
    void masksNumbersThatFollowEachOtherApart() {
        assertThat(masked(VISA + " 5555555555554444")).isEqualTo("[payment card ****1111] [payment card ****4444]");
    }

    @Test
    void masksNumbersThatOverlapTogether() {
        assertThat(masked("4242 4242 4242 4242 4242")).isEqualTo("[payment card ****4242]");
    }

    @Test
    void masksAnEndlessRowOfNumbersInPieces() {
        StreamFilter filter = Filters.masking(StreamFilter.Notation.PLAIN);
        int written = 0;
        for (int i = 0; i < 1_000; i++) {
            written += filter.feed("4242 ").length();
        }
        assertThat(written).isGreaterThan(1_000);
        assertThat(filter.finish()).doesNotContain("4242 ");
    }

    @Test
    void skipsUpToSixteenInvisibleCharactersBetweenTwoDigits() {
        assertThat(masked("4" + "\u200b".repeat(16) + "111111111111111")).isEqualTo("[payment card ****1111]");
        String many = "4" + "\u200b".repeat(17) + "111111111111111";
        assertThat(masked(many)).isEqualTo(many);
    }

    @Test
    void keepsTheLastFourDigitsAsAsciiAndNothingElse() {
        assertThat(masked("5555 5555 5555 4４４4")).isEqualTo("[payment card ****4444]");
        assertThat(masked("4000000000050007")).isEqualTo("[payment card ****0007]");
    }

    @Test
    void holdsNothingOfProse() {
        StreamFilter filter = Filters.masking(StreamFilter.Notation.PLAIN);
        for (String word : "In 2024, at 10:15, some 1,000 of 9.75 and (4) more; 99 % of 120".split(" ")) {
            assertThat(filter.feed(word)).isSameAs(word);
        }
    }

    @Test
    void letsGoOfDigitsAsSoonAsTheyCannotBeANumber() {
        StreamFilter filter = Filters.masking(StreamFilter.Notation.PLAIN);
        assertThat(filter.feed("call 40")).isEqualTo("call ");
        assertThat(filter.feed(" ")).isEmpty();
        assertThat(filter.feed("cats")).isEqualTo("40 cats");
        assertThat(filter.feed(" 5555555555554445")).isEqualTo(" ");
        assertThat(filter.feed("1")).isEqualTo("55555555555544451");
    }

    @Test
    void reportsWhereTheNumberStood() {
        List<Finding> findings = new ArrayList<>();
        Sweep sweep = new Sweep(Set.of(Kind.PAYMENT_CARDS), findings::add);
        ("a " + VISA + " b").chars().forEach(c -> sweep.accept((char) c, 1));
        sweep.finish();
        assertThat(findings).containsExactly(new Finding(Kind.PAYMENT_CARDS, 2, 18, "[payment card ****1111]"));
        assertThat(sweep.settled()).isEqualTo(20);
    }
}
