package dev.gatehouse.detect;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random texts full of card numbers and of what looks like them. */
final class Texts {

    private static final String[] ISSUED = {
        "4", "4", "51", "2221", "34", "37", "36", "3528", "50", "6011", "62", "63", "67", "2200", "81"
    };

    private Texts() {}

    static Arbitrary<String> any() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, cards()),
                        Tuple.of(3, digits()),
                        Tuple.of(5, separators()),
                        Tuple.of(2, invisible()),
                        Tuple.of(2, words()))
                .list()
                .ofMaxSize(24)
                .map(parts -> String.join("", parts));
    }

    /** The text in up to ten pieces, also between the halves of a character. */
    static Arbitrary<List<String>> split(String text) {
        return Arbitraries.integers()
                .between(0, text.length())
                .list()
                .ofMaxSize(9)
                .map(cuts -> split(text, cuts));
    }

    static List<String> split(String text, List<Integer> cuts) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int cut : cuts.stream().sorted().toList()) {
            pieces.add(text.substring(from, cut));
            from = cut;
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    /** Valid numbers, written in many ways. */
    static Arbitrary<String> cards() {
        return Combinators.combine(
                        numbers(), Arbitraries.integers().between(0, 5), Arbitraries.of(" ", "-", ".", "\u00a0"))
                .as(Texts::written);
    }

    /** Valid numbers: an issuer's prefix, 12 to 19 digits, a right check digit. */
    static Arbitrary<String> numbers() {
        return Combinators.combine(
                        Arbitraries.of(ISSUED),
                        Arbitraries.integers().between(12, 19),
                        Arbitraries.strings().numeric().ofLength(19))
                .as((prefix, length, filler) -> checked((prefix + filler).substring(0, length - 1)))
                .filter(Texts::valid);
    }

    private static String checked(String allButLast) {
        for (char last = '0'; last <= '9'; last++) {
            if (valid(allButLast + last)) {
                return allButLast + last;
            }
        }
        return allButLast + '0';
    }

    private static boolean valid(String number) {
        byte[] digits = new byte[number.length()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) (number.charAt(i) - '0');
        }
        return CardNumbers.valid(digits, 0, digits.length);
    }

    private static String written(String number, int groups, String separator) {
        if (groups < 2) {
            return number;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            text.append(i > 0 && i % groups == 0 ? separator : "").append(number.charAt(i));
        }
        return text.toString();
    }

    private static Arbitrary<String> digits() {
        return Arbitraries.oneOf(
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(5),
                Arbitraries.of(
                        "4242",
                        "4",
                        "40",
                        "4111111111",
                        "5555",
                        "６",
                        "\ud835\udfdc",
                        "٤",
                        "000",
                        "1234567890123456789012"));
    }

    private static Arbitrary<String> separators() {
        return Arbitraries.frequency(
                Tuple.of(12, " "),
                Tuple.of(6, "-"),
                Tuple.of(6, "."),
                Tuple.of(2, "\u3000"),
                Tuple.of(2, "\ud803\udead"),
                Tuple.of(1, "+"),
                Tuple.of(1, ", "));
    }

    private static Arbitrary<String> invisible() {
        return Arbitraries.of("\u200b", "\ufe0f", "\udb40\udc31", "\u200b".repeat(9), "\u2060".repeat(17));
    }

    private static Arbitrary<String> words() {
        return Arbitraries.of("a", " and ", "é", "😀", "\ud83d", "\udc00", "\"", "\\", "\n", "e", "{", "漢字");
    }
}
