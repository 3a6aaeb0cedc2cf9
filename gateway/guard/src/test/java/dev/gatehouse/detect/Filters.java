package dev.gatehouse.detect;

import java.util.List;

/** Filters over payment cards, for tests. */
final class Filters {

    private Filters() {}

    static StreamFilter masking(StreamFilter.Notation notation) {
        return new StreamFilter(PaymentCards::new, notation, StreamFilter.Remedy.MASK, finding -> {});
    }

    static StreamFilter stopping(StreamFilter.Notation notation) {
        return new StreamFilter(PaymentCards::new, notation, StreamFilter.Remedy.STOP, finding -> {});
    }

    static String whole(StreamFilter.Notation notation, String text) {
        return pieces(masking(notation), List.of(text));
    }

    static String pieces(StreamFilter filter, List<String> pieces) {
        StringBuilder out = new StringBuilder();
        for (String piece : pieces) {
            out.append(filter.feed(piece));
        }
        return out.append(filter.finish()).toString();
    }
}
