package dev.gatehouse.gateway.guard;

import dev.gatehouse.gateway.vocabulary.Delta;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What is left of a span's deltas: the list that came, for as long as each of them is left as it is. */
final class Changes {

    private final List<Delta> came;
    private int unchanged;
    private @Nullable List<Delta> others;

    Changes(List<Delta> came) {
        this.came = came;
    }

    /** Takes what is left of the next delta; null when it is nothing. */
    @SuppressWarnings("ReferenceEquality")
    void add(@Nullable Delta delta) {
        if (others == null && delta == came.get(unchanged)) {
            unchanged++;
            return;
        }
        List<Delta> changed = changed();
        if (delta != null) {
            changed.add(delta);
        }
    }

    /** Takes text that was held, to follow the text of its channel. */
    void join(Delta rest) {
        List<Delta> changed = changed();
        for (int i = 0; i < changed.size(); i++) {
            Delta joined = joined(changed.get(i), rest);
            if (joined != null) {
                changed.set(i, joined);
                return;
            }
        }
        changed.add(rest);
    }

    /**
     * What is left. Marks tell the text beside them, so they go when any of it has changed; marks without text go when text is held.
     *
     * @param holding whether text is held
     */
    List<Delta> left(BooleanSupplier holding) {
        boolean all = others == null && unchanged == came.size();
        if (all && !(onlyMarks() && holding.getAsBoolean())) {
            return came;
        }
        List<Delta> changed = changed();
        changed.removeIf(Delta.Marks.class::isInstance);
        return changed;
    }

    private boolean onlyMarks() {
        for (Delta delta : came) {
            if (!(delta instanceof Delta.Marks)) {
                return false;
            }
        }
        return !came.isEmpty();
    }

    private List<Delta> changed() {
        if (others == null) {
            others = new ArrayList<>(came.subList(0, unchanged));
        }
        return others;
    }

    private static @Nullable Delta joined(Delta before, Delta rest) {
        if (!before.channel().equals(rest.channel())) {
            return null;
        }
        if (before instanceof Delta.Text text && rest instanceof Delta.Text more) {
            return new Delta.Text(text.channel(), text.text() + more.text());
        }
        if (before instanceof Delta.Reasoning text && rest instanceof Delta.Reasoning more) {
            return new Delta.Reasoning(text.channel(), text.text() + more.text());
        }
        if (before instanceof Delta.ToolCall call && rest instanceof Delta.ToolCall more) {
            return new Delta.ToolCall(call.channel(), call.id(), call.name(), call.arguments() + more.arguments());
        }
        return null;
    }
}
