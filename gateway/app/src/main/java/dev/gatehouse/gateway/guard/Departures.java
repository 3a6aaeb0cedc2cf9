package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spans that leave: the list that came, for as long as each of its spans leaves as it is. */
final class Departures {

    private final List<Span> came;
    private int unchanged;
    private @Nullable List<Span> others;

    Departures(List<Span> came) {
        this.came = came;
    }

    @SuppressWarnings("ReferenceEquality")
    void add(Span span) {
        if (others == null && unchanged < came.size() && came.get(unchanged) == span) {
            unchanged++;
            return;
        }
        if (others == null) {
            others = new ArrayList<>(came.subList(0, unchanged));
        }
        others.add(span);
    }

    List<Span> spans() {
        if (others != null) {
            return others;
        }
        return unchanged == came.size() ? came : came.subList(0, unchanged);
    }
}
