package dev.gatehouse.detect;

import dev.gatehouse.detect.StreamFilter.Notation;
import java.util.List;

/** Filters for tests. */
final class Filters {

    static final Remedies CARDS = Remedies.all(Remedy.OBSERVE).with(Kind.PAYMENT_CARDS, Remedy.MASK);
    static final Remedies ALL = Remedies.all(Remedy.MASK);

    private Filters() {}

    /** Over payment cards. */
    static StreamFilter masking(Notation notation) {
        return filter(notation, CARDS);
    }

    /** Over payment cards. */
    static StreamFilter stopping(Notation notation) {
        return filter(notation, CARDS.with(Kind.PAYMENT_CARDS, Remedy.BLOCK));
    }

    static StreamFilter filter(Notation notation, Remedies remedies) {
        return new StreamFilter(notation, remedies, finding -> {});
    }

    /** With payment cards masked. */
    static String whole(Notation notation, String text) {
        return pieces(masking(notation), List.of(text));
    }

    /** With all kinds masked. */
    static String masked(String text) {
        return pieces(filter(Notation.PLAIN, ALL), List.of(text));
    }

    static String pieces(StreamFilter filter, List<String> pieces) {
        StringBuilder out = new StringBuilder();
        for (String piece : pieces) {
            out.append(filter.feed(piece));
        }
        return out.append(filter.finish()).toString();
    }
}
