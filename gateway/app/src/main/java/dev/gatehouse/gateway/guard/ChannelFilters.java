package dev.gatehouse.gateway.guard;

import dev.gatehouse.detect.Finding;
import dev.gatehouse.detect.Remedies;
import dev.gatehouse.detect.StreamFilter;
import dev.gatehouse.detect.StreamFilter.Notation;
import dev.gatehouse.gateway.vocabulary.Channel;
import dev.gatehouse.gateway.vocabulary.Delta;
import dev.gatehouse.gateway.vocabulary.RuleId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One filter a channel of an answer, made when its first text comes. */
final class ChannelFilters {

    private final Remedies remedies;
    private final Consumer<Finding> seen;
    private final Map<Channel, StreamFilter> filters = new LinkedHashMap<>(4);
    private @Nullable RuleId cut;

    ChannelFilters(Remedies remedies, Consumer<Finding> seen) {
        this.remedies = remedies;
        this.seen = seen;
    }

    /** What may leave now of a change: the same object when it is all of it and nothing else; null when it is nothing. */
    @Nullable
    Delta filter(Delta delta) {
        return switch (delta) {
            case Delta.Text text -> rewritten(delta, text.channel(), text.text());
            case Delta.Reasoning reasoning -> rewritten(delta, reasoning.channel(), reasoning.text());
            case Delta.ToolCall call -> call(call);
            case Delta.Marks marks -> clean(marks.json()) ? marks : null;
            case Delta.Finish finish -> finish;
        };
    }

    /** Ends these channels and gives back what was held of them, oldest channel first, up to a finding that cuts. */
    List<Delta> end(Predicate<Channel> which) {
        List<Delta> rest = new ArrayList<>(0);
        for (Map.Entry<Channel, StreamFilter> entry : filters.entrySet()) {
            if (cut == null && which.test(entry.getKey())) {
                add(rest, text(entry.getKey(), finished(entry.getValue())));
            }
        }
        filters.keySet().removeIf(which);
        return rest;
    }

    /** Whether text of any channel is held. */
    boolean hold() {
        for (StreamFilter filter : filters.values()) {
            if (filter.holds()) {
                return true;
            }
        }
        return false;
    }

    /** The rule that ended the answer; all text before its finding has been given back. */
    Optional<RuleId> cut() {
        return Optional.ofNullable(cut);
    }

    private @Nullable Delta rewritten(Delta delta, Channel channel, String text) {
        String left = fed(filter(channel), text);
        return same(left, text) ? delta : text(channel, left);
    }

    private @Nullable Delta call(Delta.ToolCall call) {
        String id = whole(call.id());
        String name = whole(call.name());
        if (cut != null) {
            return null;
        }
        String arguments = fed(filter(call.channel()), call.arguments());
        if (same(id, call.id()) && same(name, call.name()) && same(arguments, call.arguments())) {
            return call;
        }
        boolean nothing = id.isEmpty() && name.isEmpty() && arguments.isEmpty();
        return nothing ? null : new Delta.ToolCall(call.channel(), id, name, arguments);
    }

    private static @Nullable Delta text(Channel channel, String text) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (channel.part()) {
            case CONTENT -> new Delta.Text(channel, text);
            case REASONING -> new Delta.Reasoning(channel, text);
            case TOOL -> new Delta.ToolCall(channel, "", "", text);
        };
    }

    private static void add(List<Delta> deltas, @Nullable Delta delta) {
        if (delta != null) {
            deltas.add(delta);
        }
    }

    private StreamFilter filter(Channel channel) {
        StreamFilter filter = filters.get(channel);
        if (filter == null) {
            filter = newFilter(channel.part() == Channel.Part.TOOL ? Notation.JSON : Notation.PLAIN);
            filters.put(channel, filter);
        }
        return filter;
    }

    private StreamFilter newFilter(Notation notation) {
        return new StreamFilter(notation, remedies, seen);
    }

    private String fed(StreamFilter filter, String text) {
        String left = filter.feed(text);
        noteStop(filter);
        return left;
    }

    private String finished(StreamFilter filter) {
        String left = filter.finish();
        noteStop(filter);
        return left;
    }

    private void noteStop(StreamFilter filter) {
        if (cut == null) {
            cut = filter.stop()
                    .map(finding -> new RuleId(finding.kind().rule()))
                    .orElse(null);
        }
    }

    /** A text that comes in one piece. */
    private String whole(String text) {
        if (text.isEmpty() || cut != null) {
            return text;
        }
        StreamFilter filter = newFilter(Notation.PLAIN);
        String left = fed(filter, text);
        String rest = finished(filter);
        return same(left, text) && rest.isEmpty() ? text : left + rest;
    }

    /** Whether there is nothing in a document that is not allowed to pass; it is not known by any means to say what the text says. */
    private boolean clean(String document) {
        StreamFilter filter = new StreamFilter(Notation.JSON, remedies, finding -> {});
        return same(filter.feed(document), document) && filter.finish().isEmpty();
    }

    /** Filters give back the very object when nothing was held or masked. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    private static boolean same(String left, String text) {
        return left == text;
    }
}
