package dev.gatehouse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.detect.StreamFilter.Notation;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class StreamFilterTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Characters that can be held for one undecided digit: two for itself, two for a separator, two for each invisible one. */
    private static final int HELD_PER_DIGIT = 4 + 2 * PaymentCards.INVISIBLE;

    @Property(tries = 3_000)
    void masksWhatTheDefinitionSays(@ForAll("texts") String text) {
        assertThat(Filters.whole(Notation.PLAIN, text)).isEqualTo(ReferenceFilter.mask(text));
    }

    @Property(tries = 3_000)
    void saysTheSameHoweverTheTextIsSplit(@ForAll("splitTexts") List<String> pieces) {
        String text = String.join("", pieces);
        assertThat(Filters.pieces(Filters.masking(Notation.PLAIN), pieces))
                .isEqualTo(Filters.whole(Notation.PLAIN, text));
    }

    @Property(tries = 1_000)
    void findsNothingInWhatItHasMasked(@ForAll("texts") String text) {
        String masked = Filters.whole(Notation.PLAIN, text);
        assertThat(Filters.whole(Notation.PLAIN, masked)).isEqualTo(masked);
    }

    @Property(tries = 1_000)
    void endsBeforeTheFirstFindingWhenItIsToStop(@ForAll("splitTexts") List<String> pieces) {
        String masked = Filters.whole(Notation.PLAIN, String.join("", pieces));
        int first = masked.indexOf("[payment card");
        assertThat(Filters.pieces(Filters.stopping(Notation.PLAIN), pieces))
                .isEqualTo(first < 0 ? masked : masked.substring(0, first));
    }

    @Property(tries = 1_000)
    void holdsNoMoreThanItsBound(@ForAll("texts") String text) {
        Sweep sweep = new Sweep(Set.of(Kind.PAYMENT_CARDS), finding -> {});
        long read = 0;
        for (char unit : text.toCharArray()) {
            sweep.accept(unit, 1);
            read++;
            assertThat(read - sweep.settled()).isLessThanOrEqualTo((long) Run.HELD * HELD_PER_DIGIT);
        }
    }

    @Property(tries = 2_000)
    void findsNumbersInEscapedStringsAndKeepsTheDocument(@ForAll("documents") Document document) {
        String masked = Filters.pieces(Filters.masking(Notation.JSON), document.pieces());
        JsonNode read = JSON.readTree(masked);
        assertThat(read.get("text").asString()).isEqualTo(ReferenceFilter.mask(document.text()));
        assertThat(read.get("list").get(0).asInt()).isZero();
        assertThat(read.get("list").get(1).asInt()).isEqualTo(1);
    }

    record Document(String text, List<String> pieces) {}

    @Provide
    Arbitrary<String> texts() {
        return Texts.any();
    }

    @Provide
    Arbitrary<List<String>> splitTexts() {
        return Texts.any().flatMap(Texts::split);
    }

    @Provide
    Arbitrary<Document> documents() {
        Arbitrary<String> wellFormed = Texts.any().map(text -> text.replaceAll("[\ud800-\udfff]", ""));
        return Combinators.combine(wellFormed, Texts.numbers(), Arbitraries.longs())
                .as((text, number, seed) -> new Document(text, List.of(document(text, number, seed))))
                .flatMap(document ->
                        Texts.split(document.pieces().getFirst()).map(pieces -> new Document(document.text(), pieces)));
    }

    private static String document(String text, String number, long seed) {
        return "{\"text\":\"" + escaped(text, seed) + "\",\"list\":[" + number + ",1]}";
    }

    private static String escaped(String text, long seed) {
        Random random = new Random(seed);
        StringBuilder out = new StringBuilder();
        for (char unit : text.toCharArray()) {
            boolean must = unit == '"' || unit == '\\' || unit < ' ';
            out.append(must || random.nextInt(3) == 0 ? "\\u%04x".formatted((int) unit) : unit);
        }
        return out.toString();
    }
}
