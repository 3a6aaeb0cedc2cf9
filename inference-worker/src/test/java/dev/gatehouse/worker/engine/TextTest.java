package dev.gatehouse.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From bytes of tokens to text that can be shown. */
class TextTest {

    @Nested
    class Characters {

        @ParameterizedTest
        @ValueSource(strings = {"plain", "Größe", "€uro", "🙂👩‍👩‍👧", "漢字かな", ""})
        void arriveWholeHoweverTheBytesAreCut(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int cut = 0; cut <= bytes.length; cut++) {
                Utf8Stream stream = new Utf8Stream();
                String first = stream.next(Arrays.copyOf(bytes, cut));
                String second = stream.next(Arrays.copyOfRange(bytes, cut, bytes.length));
                assertThat(first + second).isEqualTo(text);
                assertThat(first).doesNotContain("\uFFFD");
            }
        }

        @Test
        void thatAreNoneBecomeTheReplacement() {
            Utf8Stream stream = new Utf8Stream();
            assertThat(stream.next(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uFFFDb");
        }
    }

    @Nested
    class Stops {

        @Test
        void holdBackWhatCouldBecomeOne() {
            StopFilter stop = new StopFilter(List.of("END"));
            assertThat(stop.pass("an E")).isEqualTo("an ");
            assertThat(stop.pass("N")).isEmpty();
            assertThat(stop.pass("X")).isEqualTo("ENX");
            assertThat(stop.found()).isFalse();
        }

        @Test
        void endTheTextBeforeTheFirstOfThem() {
            StopFilter stop = new StopFilter(List.of("later", "stop"));
            assertThat(stop.pass("say sto")).isEqualTo("say ");
            assertThat(stop.pass("p later")).isEmpty();
            assertThat(stop.found()).isTrue();
            assertThat(stop.pass("more")).isEmpty();
            assertThat(stop.rest()).isEmpty();
        }

        @Test
        void giveBackWhatBecameNone() {
            StopFilter stop = new StopFilter(List.of("</answer>"));
            assertThat(stop.pass("x</ans")).isEqualTo("x");
            assertThat(stop.rest()).isEqualTo("</ans");
        }

        @Test
        void neverLeakWhateverThePieces() {
            Random random = new Random(7);
            for (int round = 0; round < 2_000; round++) {
                String text = letters(random, 20);
                List<String> stops =
                        List.of(letters(random, 1 + random.nextInt(4)), letters(random, 1 + random.nextInt(4)));
                StopFilter filter = new StopFilter(stops);
                StringBuilder shown = new StringBuilder();
                for (int at = 0; at < text.length() && !filter.found(); ) {
                    int next = Math.min(text.length(), at + 1 + random.nextInt(3));
                    shown.append(filter.pass(text.substring(at, next)));
                    at = next;
                }
                shown.append(filter.rest());
                assertThat(shown.toString()).isEqualTo(before(text, stops));
            }
        }

        private static String letters(Random random, int count) {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < count; i++) {
                letters.append((char) ('a' + random.nextInt(2)));
            }
            return letters.toString();
        }

        /** The text up to where, reading on, a stop text is first complete. */
        private static String before(String text, List<String> stops) {
            for (int end = 1; end <= text.length(); end++) {
                String read = text.substring(0, end);
                int first = stops.stream()
                        .mapToInt(read::indexOf)
                        .filter(at -> at >= 0)
                        .min()
                        .orElse(-1);
                if (first >= 0) {
                    return read.substring(0, first);
                }
            }
            return text;
        }
    }

    @Nested
    class Thinking {

        private final List<String> ends = List.of("</think>");

        private int count(ThinkingCount count, String... tokens) {
            for (String token : tokens) {
                count.token(token);
            }
            return count.tokens();
        }

        @Test
        void openedByThePromptCountsUpToItsEndMarker() {
            assertThat(count(new ThinkingCount(true, "<think>", ends), "a", "b", "</think>", "c", "d"))
                    .isEqualTo(3);
        }

        @Test
        void openedByTheAnswerCountsBothMarkers() {
            assertThat(count(new ThinkingCount(false, "<think>", ends), "<th", "ink>", "a", "</thi", "nk>", "c"))
                    .isEqualTo(5);
        }

        @Test
        void isNothingInAPlainAnswer() {
            assertThat(count(new ThinkingCount(false, "<think>", ends), "a", "b"))
                    .isZero();
            assertThat(count(new ThinkingCount(false, "", List.of()), "a", "b")).isZero();
        }

        @Test
        void isAllOfAnAnswerThatNeverEndsIt() {
            assertThat(count(new ThinkingCount(true, "<think>", ends), "a", "b", "c"))
                    .isEqualTo(3);
        }

        @Test
        void findsItsMarkerAcrossManyTokens() {
            List<String> tokens = new ArrayList<>();
            "thought</think>x".chars().forEach(c -> tokens.add(String.valueOf((char) c)));
            assertThat(count(new ThinkingCount(true, "<think>", ends), tokens.toArray(String[]::new)))
                    .isEqualTo(15);
        }
    }

    @Nested
    class Logprobs {

        private final PendingLogprobs pending = new PendingLogprobs();

        private void add(int id, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            pending.add(bytes, new TokenLogprob(bytes, -id, List.of()));
        }

        private List<Double> take(String text) {
            List<TokenLogprob> taken = new ArrayList<>();
            pending.take(text, taken);
            return taken.stream().map(TokenLogprob::logprob).toList();
        }

        @Test
        void goWithTheirText() {
            add(1, "ab");
            add(2, "c");
            assertThat(take("abc")).containsExactly(-1.0, -2.0);
        }

        @Test
        void waitWithTextThatIsHeldBack() {
            add(1, "ab");
            add(2, "EN");
            assertThat(take("ab")).containsExactly(-1.0);
            add(3, "X");
            assertThat(take("ENX")).containsExactly(-2.0, -3.0);
        }

        @Test
        void aMarkerHasNone() {
            add(1, "</think>");
            add(2, "5");
            assertThat(take("5")).containsExactly(-2.0);
        }

        @Test
        void ofTokensThatAreShownInPartsGoWithTheLastPart() {
            add(1, "abc");
            assertThat(take("a")).isEmpty();
            add(2, "d");
            assertThat(take("bcd")).containsExactly(-1.0, -2.0);
        }

        @Test
        void ofACutCharacterGoTogether() {
            add(1, "\u00e2");
            add(2, "\u0082\u00ac");
            assertThat(take("€")).containsExactly(-1.0, -2.0);
        }

        @Test
        void allGoIfTheTextIsNotTheirsLetterByLetter() {
            add(1, "\\n");
            add(2, "x");
            assertThat(take("\nx")).containsExactly(-1.0, -2.0);
        }
    }
}
