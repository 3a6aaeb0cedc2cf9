package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Finding;
import dev.gatehouse.detect.StreamFilter.Remedy;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.Filters;
import dev.gatehouse.gateway.vocabulary.RuleId;
import dev.gatehouse.gateway.vocabulary.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The filters of one answer. A span of which nothing is held or masked leaves as the same object. Held text leaves in a later span
 * with text of its channel, in one of its own before the end of its choice, or when the answer has ended; it is never passed by text
 * of its own channel, and other channels do not wait for it.
 */
final class AnswerFilters implements Filters {

    private static final int[] NO_IDS = {};

    private final ChannelFilters channels;
    private final boolean apart;

    /** The channel whose text came last, where parts are told apart. */
    private @Nullable Channel current;

    /** Ids of spans that did not leave; they leave with the next one. */
    private int[] owedIds = NO_IDS;

    /** The latest span of which something was held or masked. */
    private @Nullable Span holder;

    private long at;

    /**
     * @param apart a client gets each run of text of one channel as a part of its own, which ends when another channel's text comes
     */
    AnswerFilters(Remedy remedy, Consumer<Finding> seen, boolean apart) {
        this.channels = new ChannelFilters(remedy, seen);
        this.apart = apart;
    }

    @Override
    public Passed pass(List<Span> spans) {
        Departures out = new Departures(spans);
        for (int i = 0; i < spans.size() && !cut(); i++) {
            take(spans.get(i), out);
        }
        return passed(out.spans());
    }

    @Override
    public Passed finish() {
        Departures out = new Departures(List.of());
        if (!cut()) {
            leftover(channels.end(channel -> true), out);
            sendOwedIds(out);
        }
        return passed(out.spans());
    }

    private Passed passed(List<Span> spans) {
        Optional<RuleId> cut = channels.cut();
        return cut.isPresent() ? new Passed.Cut(spans, cut.get()) : new Passed.Clear(spans);
    }

    private boolean cut() {
        return channels.cut().isPresent();
    }

    private void take(Span span, Departures out) {
        List<Delta> deltas = span.deltas();
        if (deltas.size() == 1 && deltas.getFirst() instanceof Delta.Finish finish) {
            leftover(rest(finish), out);
            if (!cut()) {
                depart(span, out);
            }
        } else {
            takeText(span, out);
        }
        at = span.at();
    }

    @SuppressWarnings("ReferenceEquality")
    private void takeText(Span span, Departures out) {
        List<Delta> left = filtered(span.deltas());
        if (left == span.deltas()) {
            depart(span, out);
            return;
        }
        holder = span;
        if (left.isEmpty()) {
            owedIds = joined(owedIds, span.ids());
        } else {
            depart(span.altered(left), out);
        }
    }

    private void depart(Span span, Departures out) {
        if (owedIds.length == 0) {
            out.add(span);
            return;
        }
        int[] ids = joined(owedIds, span.ids());
        owedIds = NO_IDS;
        out.add(new Span(span.at(), ids, span.deltas(), span.frame(), span.intact()));
    }

    /** Sends what was held in a span of its own. */
    private void leftover(List<Delta> rest, Departures out) {
        if (holder != null && !rest.isEmpty()) {
            depart(new Span(at, NO_IDS, rest, holder.frame(), false), out);
        }
    }

    private void sendOwedIds(Departures out) {
        if (holder != null && owedIds.length > 0) {
            depart(new Span(at, NO_IDS, List.of(), holder.frame(), false), out);
        }
    }

    private List<Delta> rest(Delta.Finish finish) {
        int choice = finish.channel().choice();
        return channels.end(channel -> channel.choice() == choice);
    }

    /** What was held of the part that ends because text of another channel comes. */
    private List<Delta> restOfPart(Channel next) {
        Channel ending = current;
        current = next;
        return ending == null || ending.equals(next) ? List.of() : channels.end(ending::equals);
    }

    /** What may leave now of these changes: the same list when it is all of them and nothing else. */
    private List<Delta> filtered(List<Delta> deltas) {
        Changes changes = new Changes(deltas);
        for (int i = 0; i < deltas.size() && !cut(); i++) {
            Delta delta = deltas.get(i);
            if (delta instanceof Delta.Finish finish) {
                rest(finish).forEach(changes::join);
            } else if (apart && !(delta instanceof Delta.Marks)) {
                restOfPart(delta.channel()).forEach(changes::join);
            }
            if (!cut()) {
                changes.add(channels.filter(delta));
            }
        }
        return changes.left(channels::hold);
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
